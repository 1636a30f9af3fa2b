import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "@/drizzle/control/columns";
import { service } from "./services";

/** What Freehold itself signs with: access tokens and entries. Private halves are encrypted under the secret. */
export const jwks = sqliteTable("signing_key", {
  id: text("id").primaryKey(),
  alg: text("alg", { enum: ["EdDSA"] }).notNull(),
  crv: text("crv", { enum: ["Ed25519"] }).notNull(),
  publicKey: text("public_key").notNull(),
  privateKey: text("private_key").notNull(),
  createdAt: moment("created_at").notNull(),
  /** It signs until then, and stays published for as long as what it signed may live. */
  expiresAt: moment("expires_at").notNull(),
});

/** The public half of a key that one process of a service signs tenants' contexts with. */
export const contextKey = sqliteTable(
  "sys_context_key",
  {
    /** The thumbprint of the key (RFC 7638). */
    kid: text("kid").primaryKey(),
    serviceId: text("service_id")
      .notNull()
      .references(() => service.id, { onDelete: "cascade" }),
    /** The point itself, base64url: the rest of the key is the same for all. */
    x: text("x").notNull(),
    createdAt: moment("created_at").notNull(),
    signsUntil: moment("signs_until").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [
    index("context_key_service").on(t.serviceId, t.expiresAt),
    index("context_key_expires").on(t.expiresAt),
  ],
);

/** Requests that were refused over their tenant, counted until their minute is over and they go to the audit trail. */
export const violation = sqliteTable(
  "sys_violation",
  {
    serviceId: text("service_id").notNull(),
    minute: integer("minute").notNull(),
    organizationId: text("organization_id").notNull(),
    environmentId: text("environment_id").notNull(),
    code: text("code").notNull(),
    /** The sources of the hints that were there, joined by commas. */
    sources: text("sources").notNull(),
    count: integer("count").notNull(),
    firstAt: moment("first_at").notNull(),
    lastAt: moment("last_at").notNull(),
    /** The explanation of the first of them. */
    explanation: json<Record<string, unknown>>("explanation").notNull(),
    requestId: text("request_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.serviceId, t.minute, t.organizationId, t.environmentId, t.code, t.sources] }),
    index("violation_minute").on(t.minute),
  ],
);
