import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "turso",
  schema: "./drizzle/control/schema",
  out: "./drizzle/control/migrations",
  dbCredentials: { url: "file:./.freehold/control.db" },
});
