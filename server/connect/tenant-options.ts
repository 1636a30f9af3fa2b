import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { environmentOptions } from "@/drizzle/control/schema/options";
import type { Db } from "@/server/db/client";
import { requireActive } from "@/server/domain/environments/require-active";
import { OptionsName } from "@/server/domain/options/schema";
import { DomainError } from "@/server/kernel/errors";
import { isUuid } from "@/server/kernel/ids";

export interface TenantOptions {
  etag: string;
  /** `{tenant, name, version, value}` as JSON. */
  body: string;
}

/**
 * What a tenant lays over the defaults of a set: version 0 and an empty value when it lays
 * nothing over them. Throws `invalid`, `not_found` or `tenant_inactive`.
 */
export async function getTenantOptions(db: Db, tenant: string, name: string): Promise<TenantOptions> {
  if (!isUuid(tenant)) throw new DomainError("invalid", "A tenant is named by its id, a lower-case UUID.");
  requireOptionsName(name);
  const [row] = await db
    .select({
      status: environment.status,
      version: environmentOptions.version,
      value: environmentOptions.value,
    })
    .from(environment)
    .leftJoin(
      environmentOptions,
      and(eq(environmentOptions.environmentId, environment.id), eq(environmentOptions.name, name)),
    )
    .where(eq(environment.id, tenant));
  if (!row) throw new DomainError("not_found", "There is no such tenant.");
  requireActive(row.status);
  const body = JSON.stringify({ tenant, name, version: row.version ?? 0, value: row.value ?? {} });
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  return { etag, body };
}

/** Throws `invalid` unless a set may be called that. */
export function requireOptionsName(name: string): void {
  const parsed = OptionsName.safeParse(name);
  if (parsed.success) return;
  const message = parsed.error.issues[0]?.message ?? "This is not a name.";
  throw new DomainError("invalid", message, { field: "name" });
}
