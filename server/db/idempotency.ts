import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { idempotencyKey } from "@/drizzle/control/schema/operations";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { Tx } from "./client";

// What is kept under a key and a request was answered by the same verb to the same request.
const asAnswer = <T>(kept: unknown) => kept as T;

/**
 * Does `work` once per caller and `Idempotency-Key`: a repetition gets the first answer,
 * the same key with another request is a conflict. The key is kept in the transaction of
 * the work, so it exists exactly when the work does. Without a key it just works.
 */
export async function once<T>(
  tx: Tx,
  ctx: UserContext,
  request: { verb: string; input: unknown },
  work: () => Promise<T>,
): Promise<T> {
  const key = ctx.idempotencyKey;
  if (key === null) return work();
  const requestHash = createHash("sha256")
    .update(JSON.stringify([request.verb, request.input]))
    .digest("hex");
  const [known] = await tx
    .select()
    .from(idempotencyKey)
    .where(and(eq(idempotencyKey.actorId, ctx.user.id), eq(idempotencyKey.key, key)));
  if (known && known.requestHash !== requestHash) {
    throw new DomainError("conflict", "This Idempotency-Key was used for another request. Choose a new one.");
  }
  if (known) return asAnswer<T>(known.response);
  const response = await work();
  await tx
    .insert(idempotencyKey)
    .values({ actorId: ctx.user.id, key, requestHash, response, createdAt: new Date() });
  return response;
}
