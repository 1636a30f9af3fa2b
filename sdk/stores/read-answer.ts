import { Fields } from "./fields.ts";
import type { TenantConnection, TenantEntry } from "./tenant-store.ts";
import { withSecret } from "./with-secret.ts";

const statuses = [
  "active",
  "provisioning",
  "suspended",
  "archived",
  "failed",
  "moving",
  "deleted",
  "deleting",
] as const;
const isolations = ["dedicated", "shared"] as const;
const drivers = ["sqlite", "turso", "postgres"] as const;
const scopes = ["readonly", "readwrite", "admin"] as const;

/** Facts with the time in seconds for which they may be used without asking again. */
export interface Aged<T> {
  value: T;
  maxAgeSeconds: number;
}

/** The answer of `GET /internal/tenants/{tenant}` and `GET /internal/hosts/{host}`. */
export function readEntry(body: string): Aged<TenantEntry> {
  const fields = Fields.parse(body);
  const value: TenantEntry = {
    tenant: fields.text("tenant"),
    organization: fields.text("organization"),
    environment: fields.text("environment"),
    // A word of a later Freehold serves nobody here.
    status: fields.oneOf("status", statuses, "failed"),
    epoch: fields.number("epoch"),
    isolation: fields.oneOf("isolation", isolations),
    driver: fields.oneOf("driver", drivers),
    region: fields.text("region"),
  };
  return { value, maxAgeSeconds: fields.number("max_age_seconds") };
}

/** The answer of `GET /internal/tenants/{tenant}/db-info`. */
export function readConnection(body: string): Aged<TenantConnection> {
  const fields = Fields.parse(body);
  const credential = fields.fields("credential");
  const limits = fields.fields("limits");
  const expiresAt = credential.orNull("expires_at", (of, name) => of.text(name));
  const value: TenantConnection = {
    tenant: fields.text("tenant"),
    isolation: fields.oneOf("isolation", isolations),
    driver: fields.oneOf("driver", drivers),
    region: fields.text("region"),
    url: fields.text("url"),
    credential: withSecret(
      {
        id: credential.text("id"),
        generation: credential.number("generation"),
        scope: credential.oneOf("scope", scopes),
        username: credential.orNull("username", (of, name) => of.text(name)),
        expiresAt: expiresAt === null ? null : new Date(expiresAt),
      },
      "secret",
      credential.text("secret"),
    ),
    context: fields.orNull("context", readContext),
    schemaVersions: fields.texts("schema_versions"),
    limits: {
      statementMs: limits.number("statement_ms"),
      rows: limits.number("rows"),
      resultBytes: limits.number("result_bytes"),
      sizeMb: limits.number("size_mb"),
    },
    epoch: fields.number("epoch"),
  };
  return { value, maxAgeSeconds: fields.number("max_age_seconds") };
}

function readContext(of: Fields, name: string): TenantConnection["context"] {
  const context = of.fields(name);
  return withSecret(
    { credentialId: context.text("credential_id"), longestSeconds: context.number("longest_seconds") },
    "key",
    context.text("key"),
  );
}

/** Which tenants have changed, and what to ask with next. */
export interface Changes {
  changes: readonly { tenant: string; epoch: number }[];
  next: number;
  /** Changes may have been missed: nothing that is kept is certain. */
  reset: boolean;
}

/** The answer of `GET /internal/tenants/changes`. */
export function readChanges(body: string): Changes {
  const fields = Fields.parse(body);
  return {
    changes: fields
      .list("changes")
      .map((change) => ({ tenant: change.text("tenant"), epoch: change.number("epoch") })),
    next: fields.number("next"),
    reset: fields.flag("reset"),
  };
}
