import { and, eq, inArray, isNotNull, lte, sql } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import { tenantChange } from "@/drizzle/control/schema/services";
import { contextKey } from "@/drizzle/control/schema/tokens";
import type { Db } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import { orderRotation } from "@/server/domain/credentials/rotate";
import { homeOf } from "@/server/domain/environments/home";
import { purgeDue } from "@/server/domain/environments/purge-due";
import { settleViolations } from "@/server/domain/violations/settle";
import { systemActor, type BaseContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { enqueue } from "./enqueue";

/** At most so many of a kind at once; the rest comes with the next sweep. */
const most = 50;
/** How many changes are kept for those who follow them. */
const changesKept = 200_000;
const rotationOverlapSeconds = 3600;

/**
 * Orders what is due by the clock: the end of credentials whose overlap or life is over,
 * scheduled rotations, deleted environments whose window has passed; and tells the audit trail
 * what services have refused in minutes that are over. Any number of workers may sweep: of two
 * orders for one thing the second violates its lock and is dropped.
 */
export async function sweep(db: Db): Promise<void> {
  const ctx: BaseContext = {
    db,
    actor: systemActor,
    requestId: newId(),
    door: "worker",
    ip: null,
    idempotencyKey: null,
  };
  await retireDue(ctx);
  await rotateDue(ctx);
  await purgeDue(ctx, most);
  await settleViolations(db, most);
}

/** Those whose overlap is over, and those that have expired: their sessions are to be ended too. */
async function retireDue(ctx: BaseContext): Promise<void> {
  const now = new Date();
  const { status, revokeAfter, expiresAt } = databaseCredential;
  const rows = await ctx.db
    .select({ credential: databaseCredential, database: environmentDatabase, place: placeOf })
    .from(databaseCredential)
    .innerJoin(environmentDatabase, eq(environmentDatabase.id, databaseCredential.databaseId))
    .innerJoin(environment, eq(environment.id, environmentDatabase.environmentId))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .where(
      sql`(${status} = 'rotating' and ${revokeAfter} <= ${now.getTime()}) or (${status} = 'active' and ${expiresAt} is not null and ${expiresAt} <= ${now.getTime()})`,
    )
    .limit(most);
  for (const { credential, database, place } of rows)
    await orderOnce(() =>
      withTransaction(ctx.db, (tx) =>
        enqueue(tx, ctx, "retire-credential", {
          input: { ...homeOf(database), credentialId: credential.id },
          subject: `${place}: ${credential.name}`,
          organizationId: credential.organizationId,
          environmentId: credential.environmentId,
          lockKey: `retire:${credential.id}`,
        }),
      ),
    );
}

const placeOf = sql<string>`${organization.slug} || '/' || ${environment.slug}`;

async function rotateDue(ctx: BaseContext): Promise<void> {
  const { status, rotateEveryDays, activatedAt } = databaseCredential;
  const rows = await ctx.db
    .select({ credential: databaseCredential, place: placeOf })
    .from(databaseCredential)
    .innerJoin(environment, eq(environment.id, databaseCredential.environmentId))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .where(
      and(
        eq(status, "active"),
        isNotNull(rotateEveryDays),
        eq(environment.status, "active"),
        lte(sql`${activatedAt} + ${rotateEveryDays} * 86400000`, Date.now()),
      ),
    )
    .limit(most);
  for (const { credential, place } of rows)
    await orderOnce(() =>
      withTransaction(ctx.db, (tx) =>
        orderRotation(tx, ctx, credential, {
          subject: `${place}: ${credential.name}`,
          reveal: null,
          overlapSeconds: rotationOverlapSeconds,
        }),
      ),
    );
}

/** Another worker may have been first. */
async function orderOnce(order: () => Promise<unknown>): Promise<void> {
  try {
    await order();
  } catch (error) {
    const isSecond = isUniqueViolation(error, "sys_operation.lock_key");
    const isUnderWay = error instanceof Error && "code" in error && error.code === "conflict";
    if (!isSecond && !isUnderWay) throw error;
  }
}

/** Forgets old changes, used idempotency keys and what verifies no context any more; once an hour is often enough. */
export async function tidy(db: Db): Promise<void> {
  await db.delete(tenantChange).where(
    inArray(
      tenantChange.seq,
      db
        .select({ seq: tenantChange.seq })
        .from(tenantChange)
        .where(sql`${tenantChange.seq} <= (select max(seq) from sys_tenant_change) - ${changesKept}`)
        .limit(10_000),
    ),
  );
  await db.delete(contextKey).where(lte(contextKey.expiresAt, new Date()));
  await db.run(
    sql`delete from sys_idempotency_key where created_at < cast(unixepoch('subsec') * 1000 as integer) - 7 * 86400000`,
  );
}
