import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment } from "@/drizzle/control/columns";

/** What the newest comparison of registry and databases found; replaced as a whole by the next. */
export const finding = sqliteTable(
  "sys_finding",
  {
    id: text("id").primaryKey(),
    kind: text("kind", { enum: ["orphan", "missing", "damaged", "leftover", "unreachable"] }).notNull(),
    driver: text("driver").notNull(),
    clusterId: text("cluster_id"),
    /** The pool on that cluster that it is about; null for a database of its own. */
    poolId: text("pool_id"),
    databaseName: text("database_name").notNull(),
    /** Whose stamp an orphan carries. */
    tenant: text("tenant"),
    environmentId: text("environment_id"),
    organizationId: text("organization_id"),
    subject: text("subject").notNull(),
    problem: text("problem").notNull(),
    sizeBytes: integer("size_bytes").notNull(),
    seenAt: moment("seen_at").notNull(),
  },
  (t) => [
    check("finding_kind", sql`${t.kind} in ('orphan', 'missing', 'damaged', 'leftover', 'unreachable')`),
    index("finding_kind_order").on(t.kind, t.databaseName),
  ],
);
