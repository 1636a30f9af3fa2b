import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { moment } from "@/drizzle/control/columns";
import { sealedColumns } from "@/drizzle/control/sealed-columns";
import { environmentDatabase } from "./environments";

/**
 * A login to one tenant's database. A rotation makes the next generation of the same series.
 * `services`: handed to services by the catalog; `direct`: shown once to the person who issued it.
 */
export const databaseCredential = sqliteTable(
  "sys_database_credential",
  {
    id: text("id").primaryKey(),
    seriesId: text("series_id").notNull(),
    generation: integer("generation").notNull(),
    databaseId: text("database_id")
      .notNull()
      .references(() => environmentDatabase.id, { onDelete: "cascade" }),
    environmentId: text("environment_id").notNull(),
    organizationId: text("organization_id").notNull(),
    audience: text("audience", { enum: ["services", "direct"] }).notNull(),
    name: text("name").notNull(),
    scope: text("scope", { enum: ["readonly", "readwrite", "admin"] }).notNull(),
    status: text("status", { enum: ["pending", "active", "rotating", "revoked"] }).notNull(),
    /** SHA-256 of the secret in hex, where the data server looks it up. */
    tokenHash: text("token_hash"),
    ...sealedColumns,
    issuedAt: moment("issued_at").notNull(),
    activatedAt: moment("activated_at"),
    expiresAt: moment("expires_at"),
    /** A rotating one ends at this moment. */
    revokeAfter: moment("revoke_after"),
    revokedAt: moment("revoked_at"),
    revokeReason: text("revoke_reason").notNull().default(""),
    rotatedFrom: text("rotated_from"),
    rotateEveryDays: integer("rotate_every_days"),
    lastUsedAt: moment("last_used_at"),
    createdBy: text("created_by").notNull(),
  },
  (t) => [
    check("database_credential_audience", sql`${t.audience} in ('services', 'direct')`),
    check("database_credential_scope", sql`${t.scope} in ('readonly', 'readwrite', 'admin')`),
    check("database_credential_status", sql`${t.status} in ('pending', 'active', 'rotating', 'revoked')`),
    check(
      "database_credential_rotation",
      sql`${t.rotateEveryDays} is null or ${t.rotateEveryDays} between 1 and 730`,
    ),
    uniqueIndex("database_credential_hash")
      .on(t.tokenHash)
      .where(sql`token_hash is not null`),
    uniqueIndex("database_credential_active")
      .on(t.seriesId)
      .where(sql`status = 'active'`),
    uniqueIndex("database_credential_pending")
      .on(t.seriesId)
      .where(sql`status = 'pending'`),
    uniqueIndex("database_credential_services")
      .on(t.databaseId, t.scope)
      .where(sql`status = 'active' and audience = 'services'`),
    index("database_credential_environment").on(t.environmentId, t.issuedAt, t.id),
    // What a sweep looks for, and nothing else.
    index("database_credential_ending")
      .on(t.revokeAfter)
      .where(sql`status = 'rotating'`),
    index("database_credential_expiring")
      .on(t.expiresAt)
      .where(sql`status = 'active' and expires_at is not null`),
    index("database_credential_scheduled")
      .on(t.activatedAt)
      .where(sql`status = 'active' and rotate_every_days is not null`),
  ],
);
