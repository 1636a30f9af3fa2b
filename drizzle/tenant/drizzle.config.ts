import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./drizzle/tenant/schema.ts",
  out: "./drizzle/tenant/migrations",
});
