import { and, eq, exists, isNull, lt, lte, or } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db } from "@/server/db/client";

export interface Use {
  tenant: string;
  /** null: the database was looked at by nobody's login. */
  credentialId: string | null;
  at: Date;
  sizeBytes: number;
}

/** Last use is kept to the half minute: a busy tenant costs two writes a minute and not one a request. */
const grainMs = 30_000;

/**
 * Writes down who used what and how large it is, where what is written is old. A login before
 * its credential became active was Freehold's own, to prove it, and is no use.
 */
export async function recordUse(db: Db, uses: Use[]): Promise<void> {
  const statements = uses.flatMap(({ tenant, credentialId, at, sizeBytes }) => {
    const old = new Date(at.getTime() - grainMs);
    const { environmentId, lastAccessedAt } = environmentDatabase;
    const { id, lastUsedAt, activatedAt } = databaseCredential;
    const inUse = credentialId === null ? undefined : and(eq(id, credentialId), lte(activatedAt, at));
    const database = db
      .update(environmentDatabase)
      .set({ lastAccessedAt: at, storageUsedBytes: sizeBytes })
      .where(
        and(
          eq(environmentId, tenant),
          or(isNull(lastAccessedAt), lt(lastAccessedAt, old)),
          inUse && exists(db.select({ id }).from(databaseCredential).where(inUse)),
        ),
      );
    if (!inUse) return [database];
    const credential = db
      .update(databaseCredential)
      .set({ lastUsedAt: at })
      .where(and(inUse, or(isNull(lastUsedAt), lt(lastUsedAt, old))));
    return [database, credential];
  });
  const [first, ...rest] = statements;
  if (first) await db.batch([first, ...rest]);
}
