import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment } from "@/drizzle/control/columns";
import { sealedColumns } from "@/drizzle/control/sealed-columns";
import { cluster } from "./clusters";

/** One shared Postgres database on a cluster, home to many tenants. */
export const pool = sqliteTable(
  "sys_pool",
  {
    id: text("id").primaryKey(),
    slug: text("slug").notNull().unique(),
    name: text("name").notNull(),
    clusterId: text("cluster_id")
      .notNull()
      .references(() => cluster.id, { onDelete: "restrict" }),
    databaseName: text("database_name").notNull().unique(),
    state: text("state", { enum: ["creating", "active", "draining", "failed"] }).notNull(),
    /** Why it failed, in a sentence. */
    stateReason: text("state_reason").notNull().default(""),
    /** The most tenants that it takes; null: no limit. */
    capacity: integer("capacity"),
    /** Kept by triggers, so that placing never counts. */
    tenantCount: integer("tenant_count").notNull().default(0),
    /** The key that tenants' contexts are signed under, and the passwords of the logins of services. */
    ...sealedColumns,
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    check("pool_state", sql`${t.state} in ('creating', 'active', 'draining', 'failed')`),
    check("pool_capacity", sql`${t.capacity} is null or ${t.capacity} >= 0`),
    check(
      "pool_slug",
      sql`length(${t.slug}) between 1 and 63 and ${t.slug} glob '[a-z0-9]*' and ${t.slug} not glob '*[^a-z0-9-]*'`,
    ),
    index("pool_cluster").on(t.clusterId, t.id),
  ],
);
