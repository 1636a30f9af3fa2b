import { and, eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import type { Db } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import type { CredentialScope } from "@/server/domain/credentials/names";
import { replaceServices } from "@/server/domain/credentials/replace-services";
import { nextMove } from "@/server/kernel/announce";
import { systemActor } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import type { findTenant } from "./find-tenant";

const patienceMs = 15_000;
const pollMs = 250;
type Tenant = Awaited<ReturnType<typeof findTenant>>;

/** The credential that services of this scope are given. The first that asks has it made, and waits. */
export async function ensureServicesCredential(db: Db, tenant: Tenant, scope: CredentialScope) {
  const there = await findCredential(db, tenant, scope);
  if (there) return { credential: there, isNew: false };
  const operation = await order(db, tenant, scope);
  for (const until = Date.now() + patienceMs; Date.now() < until;) {
    await nextMove(operation, pollMs, new AbortController().signal);
    const made = await findCredential(db, tenant, scope);
    if (made) return { credential: made, isNew: true };
  }
  throw new DomainError(
    "precondition",
    "The database has not taken a new credential yet. Ask again in a moment.",
  );
}

async function findCredential(db: Db, tenant: Tenant, scope: CredentialScope) {
  const [row] = await db
    .select()
    .from(databaseCredential)
    .where(
      and(
        eq(databaseCredential.databaseId, tenant.database.id),
        eq(databaseCredential.scope, scope),
        eq(databaseCredential.audience, "services"),
        eq(databaseCredential.status, "active"),
      ),
    );
  return row;
}

/** The operation that makes it; somebody else may have ordered it already, then any key to wait for will do. */
async function order(db: Db, tenant: Tenant, scope: CredentialScope): Promise<string> {
  const requestId = newId();
  const ctx = { db, actor: systemActor, requestId, door: "api" as const, ip: null, idempotencyKey: null };
  const { organizationId, id: environmentId } = tenant;
  const subject = `${tenant.organization}/${tenant.slug}`;
  try {
    const { operation } = await withTransaction(db, (tx) =>
      replaceServices(tx, ctx, { organizationId, environmentId, scope }, subject),
    );
    return operation.id;
  } catch (error) {
    if (!isUniqueViolation(error, "sys_operation.lock_key")) throw error;
    return requestId;
  }
}
