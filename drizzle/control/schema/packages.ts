import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { json, moment } from "@/drizzle/control/columns";

/** The schema that a service owns. */
export const schemaPackage = sqliteTable(
  "sys_package",
  {
    id: text("id").primaryKey(),
    /** In reverse-domain form. */
    name: text("name").notNull().unique(),
    /** The Postgres schema that its tables live in. No two packages share one. */
    schema: text("schema").notNull().unique(),
    ownerService: text("owner_service").notNull(),
    description: text("description").notNull().default(""),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [check("package_name", sql`length(${t.name}) between 3 and 200`)],
);

/** One release of a package. What it contains never changes. */
export const packageVersion = sqliteTable(
  "sys_package_version",
  {
    id: text("id").primaryKey(),
    packageId: text("package_id")
      .notNull()
      .references(() => schemaPackage.id, { onDelete: "restrict" }),
    version: text("version").notNull(),
    /** The version in a form whose text order is the order of versions. */
    sortKey: text("sort_key").notNull(),
    status: text("status", { enum: ["draft", "published", "deprecated"] }).notNull(),
    /** SHA-256 over the whole content, in hex. */
    checksum: text("checksum").notNull(),
    /** The manifest as it was published. */
    manifest: json<Record<string, unknown>>("manifest").notNull(),
    /** The migrations in their order, with their statements. */
    migrations: json<unknown[]>("migrations").notNull(),
    statementCount: integer("statement_count").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    deprecationReason: text("deprecation_reason").notNull().default(""),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
    publishedAt: moment("published_at"),
  },
  (t) => [
    check("package_version_status", sql`${t.status} in ('draft', 'published', 'deprecated')`),
    uniqueIndex("package_version_once").on(t.packageId, t.version),
    index("package_version_order").on(t.packageId, t.sortKey),
  ],
);
