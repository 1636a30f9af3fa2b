import { sql } from "drizzle-orm";
import { check, integer, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";

/** A moment, stored as milliseconds since 1970 (UTC). */
const moment = (name: string) => integer(name, { mode: "timestamp_ms" });

/** Which release of which package this tenant has. The connection says whose it is, so no column does. */
export const packageInstallation = sqliteTable(
  "sys_package_installation",
  {
    id: text("id").primaryKey(),
    package: text("package").notNull().unique("package_installation_package"),
    version: text("version").notNull(),
    checksum: text("checksum").notNull(),
    status: text("status", { enum: ["installed", "installing", "upgrading", "disabled", "error"] }).notNull(),
    enabled: integer("enabled", { mode: "boolean" }).notNull().default(true),
    settings: text("settings", { mode: "json" }).$type<Record<string, unknown>>().notNull().default({}),
    withSampleData: integer("with_sample_data", { mode: "boolean" }).notNull().default(false),
    errorMessage: text("error_message"),
    installedAt: moment("installed_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    check(
      "package_installation_status",
      sql`${t.status} in ('installed', 'installing', 'upgrading', 'disabled', 'error')`,
    ),
  ],
);

/** One row per applied file. The checksum is the SHA-256 of its text, in hex. */
export const migration = sqliteTable(
  "sys_migration",
  {
    id: text("id").primaryKey(),
    package: text("package").notNull(),
    version: text("version").notNull(),
    file: text("file").notNull(),
    checksum: text("checksum").notNull(),
    appliedAt: moment("applied_at").notNull(),
  },
  (t) => [unique("migration_file").on(t.package, t.file)],
);

/** The single row that says whose database this is. */
export const stamp = sqliteTable(
  "sys_stamp",
  {
    id: integer("id").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [check("stamp_single", sql`${t.id} = 1`), check("stamp_tenant", sql`length(${t.tenantId}) = 36`)],
);
