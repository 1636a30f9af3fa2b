import { getDatabaseRow, homeOf } from "@/server/domain/environments/home";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import { requireConnectable } from "@/server/domain/environments/require-connectable";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { BaseContext, EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { enqueue } from "@/server/sagas/enqueue";
import type { SagaInput } from "@/server/sagas/catalog";
import { addressOf } from "./address";
import { aboutCredential, getCredential, requireState } from "./internal";
import { getCredentialRow, type CredentialRow } from "./row";
import { presentCredential } from "./present";
import type { RotateCredential } from "./schema";
import { openWindow } from "./wait";

/**
 * Makes the next generation of a credential, takes it into use once it has proven itself,
 * and lets the old one work until the overlap is over. The new secret of a direct credential
 * is in this answer and never again; services fetch theirs from the catalog.
 */
export async function rotateCredential(ctx: EnvironmentContext, input: RotateCredential) {
  requireEnvironment(ctx, "credential.rotate");
  const window = await openWindow();
  const { old, next, operation } = await withTransaction(ctx.db, async (tx) => {
    await requireConnectable(tx, ctx);
    const current = await getCredential(tx, ctx, input.credential);
    requireState("rotate", current);
    const reveal = current.audience === "direct" ? window.reveal : null;
    const subject = `${ctx.organization.slug}/${ctx.environment.slug}: ${current.name}`;
    const ordered = await orderRotation(tx, ctx, current, {
      subject,
      reveal,
      overlapSeconds: input.overlapSeconds,
    });
    await appendAudit(tx, ctx, {
      ...aboutCredential(current),
      action: "credential.order_rotation",
      detail: { overlapSeconds: input.overlapSeconds },
    });
    return { old: current, ...ordered };
  });
  const secret = old.audience === "direct" ? await window.wait(ctx.db, operation.id) : null;
  const database = await getDatabaseRow(ctx.db, ctx.environment.id);
  return {
    credential: presentCredential(await getCredentialRow(ctx.db, next.id)),
    operation,
    secret: secret?.reveal() ?? null,
    connection: await addressOf(ctx, database, next.id),
  };
}

interface Rotation {
  subject: string;
  reveal: SagaInput<"rotate-credential">["reveal"];
  overlapSeconds: number;
}

/** Registers the next generation and orders its rotation; a second one at once is a `conflict`. */
export async function orderRotation(tx: Tx, ctx: BaseContext, current: CredentialRow, rotation: Rotation) {
  const database = await getDatabaseRow(tx, current.environmentId);
  try {
    const next = await insertNext(tx, ctx, current);
    const operation = await enqueue(tx, ctx, "rotate-credential", {
      input: {
        ...homeOf(database),
        credentialId: next.id,
        replaces: current.id,
        overlapSeconds: rotation.overlapSeconds,
        reveal: rotation.reveal,
      },
      subject: rotation.subject,
      organizationId: current.organizationId,
      environmentId: current.environmentId,
      lockKey: current.seriesId,
    });
    return { next, operation };
  } catch (error) {
    const isSecond =
      isUniqueViolation(error, "sys_operation.lock_key") ||
      isUniqueViolation(error, "sys_database_credential.series_id");
    if (!isSecond) throw error;
    throw new DomainError("conflict", "A rotation is under way already. Follow its operation.", {
      cause: error,
    });
  }
}

async function insertNext(tx: Tx, ctx: BaseContext, current: CredentialRow): Promise<CredentialRow> {
  const issuedAt = new Date();
  const lifeMs = current.expiresAt && current.expiresAt.getTime() - current.issuedAt.getTime();
  const { seriesId, databaseId, environmentId, organizationId, audience, name, scope, rotateEveryDays } =
    current;
  const [row] = await tx
    .insert(databaseCredential)
    .values({
      id: newId(),
      seriesId,
      generation: current.generation + 1,
      databaseId,
      environmentId,
      organizationId,
      audience,
      name,
      scope,
      status: "pending",
      issuedAt,
      // It lives as long as the one before was meant to.
      expiresAt: lifeMs === null ? null : new Date(issuedAt.getTime() + lifeMs),
      rotatedFrom: current.id,
      rotateEveryDays,
      createdBy: ctx.actor.label,
    })
    .returning();
  if (!row) throw new Error("The credential was not inserted.");
  return row;
}
