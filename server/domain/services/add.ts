import { service } from "@/drizzle/control/schema/services";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { hashServiceKey, newServiceKey } from "./key";
import { presentService } from "./present";
import type { AddService } from "./schema";

const dayMs = 24 * 3600 * 1000;
const shownStart = 8;

/** Registers a service of the SaaS team. Its key is in this answer and never again. Operators only. */
export async function addService(ctx: UserContext, input: AddService) {
  requireOperator(ctx);
  const key = newServiceKey();
  const createdAt = new Date();
  const { name, credentialScope, days } = input;
  const scopes = [...new Set(input.scopes)];
  const row = {
    id: newId(),
    name,
    start: key.slice(0, shownStart),
    keyHash: hashServiceKey(key),
    scopes,
    credentialScope,
    createdBy: ctx.actor.label,
    createdAt,
    expiresAt: days === null ? null : new Date(createdAt.getTime() + days * dayMs),
    lastUsedAt: null,
    revokedAt: null,
  };
  return withTransaction(ctx.db, async (tx) => {
    await tx.insert(service).values(row);
    await appendAudit(tx, ctx, {
      action: "service.add",
      subject: { kind: "service", id: row.id, label: name },
      detail: { scopes, credentialScope, expiresAt: row.expiresAt?.toISOString() ?? null },
    });
    return { service: presentService(row), key };
  });
}
