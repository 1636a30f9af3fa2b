import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { compactDecrypt, exportJWK } from "jose";
import { z } from "zod";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import type { Db } from "@/server/db/client";
import { nextMove } from "@/server/kernel/announce";
import { Secret } from "@/server/kernel/secret";

const patienceMs = 20_000;
const pollMs = 500;
const generate = promisify(generateKeyPair);

const PublicKey = z.object({ kty: z.literal("OKP"), crv: z.literal("X25519"), x: z.string() });
const Result = z.object({ reveal: z.string() });

/**
 * A key pair for one request. The worker, wherever it runs, encrypts the new secret to it,
 * so that nobody but the request that waits can read it, and nothing readable is stored.
 */
export async function openWindow() {
  const { publicKey, privateKey } = await generate("x25519");
  const reveal = PublicKey.parse(await exportJWK(publicKey));
  return {
    reveal,
    /** The new secret once the operation has succeeded; null when it failed or took longer than 20 s. */
    async wait(db: Db, operationId: string): Promise<Secret | null> {
      if (!(await succeeds(db, operationId))) return null;
      const steps = await db
        .select({ name: operationStep.name, result: operationStep.result })
        .from(operationStep)
        .where(eq(operationStep.operationId, operationId));
      const result = Result.safeParse(steps.find(({ name }) => name === "seal-credential")?.result);
      if (!result.success) return null;
      const { plaintext } = await compactDecrypt(result.data.reveal, privateKey);
      return new Secret(new TextDecoder().decode(plaintext));
    },
  };
}

async function succeeds(db: Db, operationId: string): Promise<boolean> {
  for (const until = Date.now() + patienceMs; Date.now() < until;) {
    const [row] = await db
      .select({ status: operation.status })
      .from(operation)
      .where(eq(operation.id, operationId));
    if (row?.status === "succeeded") return true;
    if (!row || row.status === "failed") return false;
    await nextMove(operationId, pollMs, new AbortController().signal);
  }
  return false;
}
