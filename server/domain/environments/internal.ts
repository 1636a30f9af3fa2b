import { and, eq, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import type { Tx } from "@/server/db/client";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentStatus } from "./names";
import { environmentRefusal, type StatefulAction } from "./state";

export type EnvironmentRow = typeof environment.$inferSelect;

/** The environment of the context, freshly read; throws `not_found`. */
export async function getEnvironmentRow(tx: Tx, ctx: EnvironmentContext): Promise<EnvironmentRow> {
  const [row] = await tx
    .select()
    .from(environment)
    .where(and(eq(environment.id, ctx.environment.id), eq(environment.organizationId, ctx.organization.id)));
  if (!row) throw new DomainError("not_found", "There is no such environment.");
  return row;
}

/** Throws `precondition` with the state table's own sentence. */
export function requireState(action: StatefulAction, row: EnvironmentRow): void {
  const refusal = environmentRefusal(action, row);
  if (refusal) throw new DomainError("precondition", refusal);
}

/** Moves to another status and raises the epoch, so that whoever holds the old facts notices. */
export async function moveStatus(
  tx: Tx,
  row: EnvironmentRow,
  to: EnvironmentStatus,
  values: Partial<EnvironmentRow> = {},
): Promise<void> {
  const claimed = await tx
    .update(environment)
    .set({ ...values, status: to, epoch: sql`${environment.epoch} + 1`, updatedAt: new Date() })
    .where(and(eq(environment.id, row.id), eq(environment.status, row.status)))
    .returning({ id: environment.id });
  if (claimed.length === 0)
    throw new DomainError("conflict", "The environment has changed in the meantime. Look again and retry.");
}

/** The fields of an audit event that are the same for everything done to this environment. */
export function aboutEnvironment(ctx: EnvironmentContext, row: EnvironmentRow) {
  return {
    subject: { kind: "environment", id: row.id, label: row.slug },
    organizationId: ctx.organization.id,
    environmentId: row.id,
  };
}
