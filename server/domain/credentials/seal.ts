import { and, eq, isNull } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import type { Db } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";
import type { Sealed } from "@/server/kernel/seal/sealed";

/** Gives a pending credential its sealed secret. The first one stays: a second is a `conflict`. */
export async function sealCredential(
  db: Db,
  id: string,
  { sealed, tokenHash }: { sealed: Sealed; tokenHash: string },
): Promise<void> {
  const { tokenCipher } = databaseCredential;
  const written = await db
    .update(databaseCredential)
    .set({ ...sealed, tokenHash })
    .where(and(eq(databaseCredential.id, id), eq(databaseCredential.status, "pending"), isNull(tokenCipher)))
    .returning({ id: databaseCredential.id });
  if (written.length === 0)
    throw new DomainError("conflict", "The credential has its secret already, or it was revoked.");
}
