import { sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "@/drizzle/control/columns";

export const setting = sqliteTable("sys_setting", {
  key: text("key").primaryKey(),
  value: json<unknown>("value").notNull(),
  updatedAt: moment("updated_at").notNull(),
});
