import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { json, moment } from "@/drizzle/control/columns";

/** A service of the SaaS team that asks the catalog which database a request belongs to. */
export const service = sqliteTable(
  "sys_service",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    start: text("start").notNull(),
    keyHash: text("key_hash").notNull(),
    /** The scope of the credentials that it is given. */
    credentialScope: text("credential_scope", { enum: ["readonly", "readwrite", "admin"] }).notNull(),
    /** What it may ask for. */
    scopes: json<("connect" | "changes" | "tokens" | "sign" | "report" | "options")[]>("scopes").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at"),
    lastUsedAt: moment("last_used_at"),
    revokedAt: moment("revoked_at"),
  },
  (t) => [
    check("service_credential_scope", sql`${t.credentialScope} in ('readonly', 'readwrite', 'admin')`),
    uniqueIndex("service_key_hash").on(t.keyHash),
    index("service_created").on(t.createdAt, t.id),
  ],
);

/** That facts about a tenant have changed, in the order in which they did. Triggers write it. */
export const tenantChange = sqliteTable("sys_tenant_change", {
  seq: integer("seq").primaryKey({ autoIncrement: true }),
  environmentId: text("environment_id").notNull(),
  epoch: integer("epoch").notNull(),
  at: integer("at").notNull(),
});
