import { desc, eq } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import type { Tx } from "@/server/db/client";
import { insertion, prepared } from "@/server/db/prepared";
import type { BaseContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { chainKeyId, entryHash, genesisHash } from "./chain";

export interface AuditEvent {
  /** `noun.verb`, such as `environment.suspend`. */
  action: string;
  subject: { kind: string; id: string; label: string };
  /** Left out for what belongs to no organization: it goes to the fleet's own chain. */
  organizationId?: string;
  environmentId?: string;
  /** What changed, small and without secrets. */
  detail?: Record<string, unknown>;
}

const fleetChain = "fleet";

const insertEntry = insertion(auditEntry);
const chainHead = prepared<"chain">((tx, slot) =>
  tx
    .select({ seq: auditEntry.seq, hash: auditEntry.hash })
    .from(auditEntry)
    .where(eq(auditEntry.chain, slot("chain")))
    .orderBy(desc(auditEntry.seq))
    .limit(1),
);

/** What the database gives back as it was written, so that the hash holds: it ends text at a NUL and replaces lone surrogates. */
const faithful = (text: string) => text.toWellFormed().replaceAll("\0", "");

/** Appends one entry to its chain, in the transaction of the change that it records. */
export async function appendAudit(
  tx: Tx,
  ctx: Pick<BaseContext, "actor" | "requestId" | "door" | "ip">,
  event: AuditEvent,
): Promise<void> {
  const chain = event.organizationId ?? fleetChain;
  const [head] = await tx.all<{ seq: number; hash: string }>(chainHead(tx, { chain }));
  const entry = {
    id: newId(),
    chain,
    seq: (head?.seq ?? 0) + 1,
    at: new Date(),
    actorKind: ctx.actor.kind,
    actorId: ctx.actor.id,
    actorLabel: faithful(ctx.actor.label),
    action: event.action,
    environmentId: event.environmentId ?? null,
    subjectKind: event.subject.kind,
    subjectId: event.subject.id,
    subjectLabel: faithful(event.subject.label),
    detail: JSON.stringify(event.detail ?? {}),
    requestId: ctx.requestId,
    door: ctx.door,
    ip: ctx.ip,
    keyId: chainKeyId(),
    previousHash: head?.hash ?? genesisHash,
  };
  await insertEntry(tx, { ...entry, hash: entryHash(entry) });
}
