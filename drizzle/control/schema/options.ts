import { sql } from "drizzle-orm";
import { check, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "@/drizzle/control/columns";
import { environment } from "./environments";
import { service } from "./services";

/** A set of options as the service that reads it has published it: what fields there are, and the defaults of its code. */
export const optionsDefinition = sqliteTable("sys_options_definition", {
  name: text("name").primaryKey(),
  serviceId: text("service_id")
    .notNull()
    .references(() => service.id, { onDelete: "restrict" }),
  serviceName: text("service_name").notNull(),
  /** A JSON Schema; null: any JSON object. */
  schema: json<unknown>("schema"),
  defaults: json<unknown>("defaults").notNull(),
  publishedAt: moment("published_at").notNull(),
});

/** What an environment lays over the defaults of a set. A set that was cleared keeps its version. */
export const environmentOptions = sqliteTable(
  "sys_environment_options",
  {
    environmentId: text("environment_id")
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    version: integer("version").notNull(),
    value: json<unknown>("value").notNull(),
    reason: text("reason").notNull().default(""),
    changedAt: moment("changed_at").notNull(),
    changedBy: text("changed_by").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.environmentId, t.name] }),
    check("environment_options_version", sql`${t.version} >= 1`),
  ],
);

/** Every version that an overlay had, the current one included. The oldest are let go. */
export const environmentOptionsVersion = sqliteTable(
  "sys_environment_options_version",
  {
    environmentId: text("environment_id")
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    version: integer("version").notNull(),
    kind: text("kind", { enum: ["set", "restore", "clear"] }).notNull(),
    /** The version that was put back. */
    restoredFrom: integer("restored_from"),
    value: json<unknown>("value").notNull(),
    /** What it changed of the version before. */
    changes: json<unknown>("changes").notNull(),
    reason: text("reason").notNull().default(""),
    changedAt: moment("changed_at").notNull(),
    changedBy: text("changed_by").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.environmentId, t.name, t.version] }),
    check("environment_options_version_kind", sql`${t.kind} in ('set', 'restore', 'clear')`),
  ],
);
