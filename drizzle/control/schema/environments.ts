import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { flag, json, moment } from "@/drizzle/control/columns";
import { cluster } from "./clusters";
import { member, organization } from "./organizations";
import { user } from "./people";
import { pool } from "./pools";

/** One step of a placement decision. */
export interface PlacementStep {
  /** A rule, the organization's fence, the preset, or a cluster that was looked at. */
  kind: "request" | "fence" | "rule" | "preset" | "cluster" | "pool";
  label: string;
  verdict: "taken" | "passed" | "refused";
  reason: string;
}

export const environment = sqliteTable(
  "sys_environment",
  {
    id: text("id").primaryKey(),
    organizationId: text("organization_id")
      .notNull()
      .references(() => organization.id, { onDelete: "restrict" }),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    envType: text("env_type", {
      enum: ["production", "staging", "test", "development", "sandbox", "preview", "trial"],
    }).notNull(),
    region: text("region").notNull(),
    isDefault: flag("is_default").notNull().default(false),
    isProtected: flag("is_protected").notNull().default(false),
    status: text("status", {
      enum: ["provisioning", "active", "suspended", "archived", "failed", "moving", "deleted", "deleting"],
    }).notNull(),
    statusReason: text("status_reason").notNull().default(""),
    hostname: text("hostname").notNull().unique(),
    dlpPolicyId: text("dlp_policy_id"),
    createdBy: text("created_by").references(() => user.id, { onDelete: "set null" }),
    metadata: json<Record<string, unknown>>("metadata").notNull().default({}),
    epoch: integer("epoch").notNull().default(1),
    /** When a deleted one is gone for good; until then it can be recovered. */
    purgeAt: moment("purge_at"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    check("environment_purge", sql`(${t.purgeAt} is not null) = (${t.status} = 'deleted')`),
    index("environment_due_for_purge")
      .on(t.purgeAt)
      .where(sql`status = 'deleted'`),
    check(
      "environment_slug",
      sql`length(${t.slug}) between 1 and 63 and ${t.slug} glob '[a-z0-9]*' and ${t.slug} not glob '*[^a-z0-9-]*'`,
    ),
    check(
      "environment_type",
      sql`${t.envType} in ('production', 'staging', 'test', 'development', 'sandbox', 'preview', 'trial')`,
    ),
    check(
      "environment_status",
      sql`${t.status} in ('provisioning', 'active', 'suspended', 'archived', 'failed', 'moving', 'deleted', 'deleting')`,
    ),
    check("environment_name", sql`length(${t.name}) between 1 and 255`),
    uniqueIndex("environment_organization_slug").on(t.organizationId, t.slug),
    uniqueIndex("environment_one_default")
      .on(t.organizationId)
      .where(sql`is_default = 1`),
    uniqueIndex("environment_id_organization").on(t.id, t.organizationId),
    index("environment_name_order").on(t.organizationId, sql`lower(${t.name})`, t.id, t.slug),
    index("environment_created_order").on(t.organizationId, t.createdAt, t.id),
    index("environment_status_order").on(t.organizationId, t.status, t.id),
    index("environment_type_order").on(t.organizationId, t.envType, t.id),
  ],
);

export const environmentDatabase = sqliteTable(
  "sys_environment_database",
  {
    id: text("id").primaryKey(),
    environmentId: text("environment_id")
      .notNull()
      .unique()
      .references(() => environment.id, { onDelete: "restrict" }),
    clusterId: text("cluster_id")
      .notNull()
      .references(() => cluster.id, { onDelete: "restrict" }),
    /** The pool that a shared one is in; null for a dedicated one. Triggers hold both together. */
    poolId: text("pool_id").references(() => pool.id, { onDelete: "restrict" }),
    databaseName: text("database_name").notNull().unique(),
    databaseUrl: text("database_url"),
    isolation: text("isolation", { enum: ["dedicated", "shared"] }).notNull(),
    driver: text("driver", { enum: ["sqlite", "postgres", "turso"] }).notNull(),
    region: text("region").notNull(),
    storageLimitMb: integer("storage_limit_mb").notNull(),
    storageUsedBytes: integer("storage_used_bytes").notNull().default(0),
    /** The most rows, in a pool alone; null: as many as there is storage for. A trigger holds it to that. */
    rowLimit: integer("row_limit"),
    /** As the last measurement of its pool counted them; null before, and in a database of its own. */
    rowCount: integer("row_count"),
    /** True while it holds more than it may: reads go on, writes are refused. */
    isOverLimit: flag("is_over_limit").notNull().default(false),
    lastAccessedAt: moment("last_accessed_at"),
    provisionedAt: moment("provisioned_at"),
    /** Why it landed here: each step of the decision, in order. */
    placement: json<PlacementStep[]>("placement").notNull().default([]),
    metadata: json<Record<string, unknown>>("metadata").notNull().default({}),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [
    check("environment_database_isolation", sql`${t.isolation} in ('dedicated', 'shared')`),
    check("environment_database_driver", sql`${t.driver} in ('sqlite', 'postgres', 'turso')`),
    check("environment_database_limit", sql`${t.storageLimitMb} > 0`),
    index("environment_database_pool")
      .on(t.poolId)
      .where(sql`pool_id is not null`),
    index("environment_database_cluster").on(t.clusterId, t.id),
  ],
);

export const environmentMember = sqliteTable(
  "sys_environment_member",
  {
    id: text("id").primaryKey(),
    environmentId: text("environment_id").notNull(),
    organizationId: text("organization_id").notNull(),
    userId: text("user_id").notNull(),
    role: text("role", { enum: ["env_admin", "env_maker", "env_user", "env_viewer"] }).notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    check("environment_member_role", sql`${t.role} in ('env_admin', 'env_maker', 'env_user', 'env_viewer')`),
    uniqueIndex("environment_member_user").on(t.environmentId, t.userId),
    index("environment_member_by_user").on(t.userId, t.environmentId),
    // The composite keys make it impossible to be a member here without belonging to the organization.
    foreignKey({
      name: "environment_member_environment",
      columns: [t.environmentId, t.organizationId],
      foreignColumns: [environment.id, environment.organizationId],
    }).onDelete("cascade"),
    foreignKey({
      name: "environment_member_member",
      columns: [t.organizationId, t.userId],
      foreignColumns: [member.organizationId, member.userId],
    }).onDelete("cascade"),
  ],
);

export const environmentVisit = sqliteTable(
  "sys_environment_visit",
  {
    userId: text("user_id")
      .notNull()
      .references(() => user.id, { onDelete: "cascade" }),
    environmentId: text("environment_id")
      .notNull()
      .references(() => environment.id, { onDelete: "cascade" }),
    visitedAt: moment("visited_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.environmentId] }),
    index("environment_visit_recent").on(t.userId, t.visitedAt),
  ],
);
