import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, json, moment } from "@/drizzle/control/columns";
import { sealedColumns } from "@/drizzle/control/sealed-columns";

/** A place that can host databases. */
export const cluster = sqliteTable(
  "sys_cluster",
  {
    id: text("id").primaryKey(),
    slug: text("slug").notNull().unique(),
    name: text("name").notNull(),
    driver: text("driver", { enum: ["sqlite", "postgres", "turso"] }).notNull(),
    region: text("region").notNull(),
    state: text("state", { enum: ["active", "draining", "offline"] }).notNull(),
    /** Why it is offline, in a sentence. */
    stateReason: text("state_reason").notNull().default(""),
    /** The most databases that it takes; null: no limit. */
    capacity: integer("capacity"),
    /** Kept by triggers, so that placing never counts. */
    databaseCount: integer("database_count").notNull().default(0),
    labels: json<Record<string, string>>("labels").notNull().default({}),
    /** Where it is, without any secret; its shape is the driver's. */
    address: json<Record<string, string>>("address").notNull().default({}),
    /** Comes with the installation and cannot be removed. */
    isBuiltIn: flag("is_built_in").notNull().default(false),
    ...sealedColumns,
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    check("cluster_driver", sql`${t.driver} in ('sqlite', 'postgres', 'turso')`),
    check("cluster_state", sql`${t.state} in ('active', 'draining', 'offline')`),
    check("cluster_capacity", sql`${t.capacity} is null or ${t.capacity} >= 0`),
    check(
      "cluster_slug",
      sql`length(${t.slug}) between 1 and 63 and ${t.slug} glob '[a-z0-9]*' and ${t.slug} not glob '*[^a-z0-9-]*'`,
    ),
  ],
);

/** One line of the placement policy: what it matches, and where that goes. Null matches everything. */
export const placementRule = sqliteTable(
  "sys_placement_rule",
  {
    id: text("id").primaryKey(),
    position: integer("position").notNull(),
    name: text("name").notNull(),
    tier: text("tier", { enum: ["standard", "premium", "enterprise"] }),
    envType: text("env_type", {
      enum: ["production", "staging", "test", "development", "sandbox", "preview", "trial"],
    }),
    region: text("region"),
    /** True: only organizations whose data must stay in its region; false: only the others. */
    fenced: flag("fenced"),
    clusterId: text("cluster_id").references(() => cluster.id, { onDelete: "restrict" }),
    driver: text("driver", { enum: ["sqlite", "postgres", "turso"] }),
    /** A database of its own, or rows in a pool of that cluster. */
    isolation: text("isolation", { enum: ["dedicated", "shared"] })
      .notNull()
      .default("dedicated"),
    isEnabled: flag("is_enabled").notNull().default(true),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    check("placement_rule_target", sql`(${t.clusterId} is null) <> (${t.driver} is null)`),
    check(
      "placement_rule_tier",
      sql`${t.tier} is null or ${t.tier} in ('standard', 'premium', 'enterprise')`,
    ),
    check(
      "placement_rule_driver",
      sql`${t.driver} is null or ${t.driver} in ('sqlite', 'postgres', 'turso')`,
    ),
    index("placement_rule_order").on(t.position, t.id),
  ],
);
