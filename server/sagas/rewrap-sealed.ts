import { and, asc, eq, gt, isNotNull } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { pool } from "@/drizzle/control/schema/pools";
import type { Db } from "@/server/db/client";
import { sealedOf } from "@/server/db/sealed";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import { rewrap } from "@/server/kernel/seal/open";

const batchSize = 200;

interface Rewrapped {
  rewrapped: number;
  current: number;
  /** Rows that these keys cannot open. They stay as they were. */
  failed: { kind: keyof typeof tables; id: string; reason: string }[];
}

const tables = { credential: databaseCredential, cluster, pool } as const;

/**
 * Wraps every data key with the current key-encryption key. A row is written only if its
 * wrapping is still the one that was read, so a rotation or a crash in between loses nothing;
 * readers carry the old key until none of this is left. One that cannot be opened is told and
 * passed; throws when the keys are not to be had.
 */
export async function rewrapSealed(db: Db): Promise<Rewrapped> {
  const result: Rewrapped = { rewrapped: 0, current: 0, failed: [] };
  for (const kind of ["credential", "cluster", "pool"] as const) await rewrapAll(db, kind, result);
  return result;
}

async function rewrapAll(db: Db, kind: keyof typeof tables, result: Rewrapped): Promise<void> {
  for await (const row of sealedRows(db, tables[kind])) {
    try {
      result[await rewrapRow(db, tables[kind], row)]++;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      result.failed.push({ kind, id: row.id, reason: error.message });
    }
  }
}

type Table = (typeof tables)[keyof typeof tables];
type Row = Parameters<typeof sealedOf>[0] & { id: string };

async function* sealedRows(db: Db, table: Table): AsyncGenerator<Row> {
  const { id, tokenCipher, wrappedKey, kmsKeyId, kekVersion, alg } = table;
  for (let after = ""; ;) {
    const rows = await db
      .select({ id, tokenCipher, wrappedKey, kmsKeyId, kekVersion, alg })
      .from(table)
      .where(and(gt(id, after), isNotNull(wrappedKey)))
      .orderBy(asc(id))
      .limit(batchSize);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

async function rewrapRow(db: Db, table: Table, row: Row): Promise<"rewrapped" | "current"> {
  const sealed = sealedOf(row);
  if (!sealed)
    throw new DomainError("precondition", "It is sealed in a way that this version does not know.");
  const fresh = await rewrap(sealed, { id: row.id });
  if (!fresh) return "current";
  const { wrappedKey, kmsKeyId, kekVersion } = fresh;
  const written = await db
    .update(table)
    .set({ wrappedKey, kmsKeyId, kekVersion })
    .where(and(eq(table.id, row.id), eq(table.wrappedKey, sealed.wrappedKey)))
    .returning({ id: table.id });
  return written.length > 0 ? "rewrapped" : "current";
}
