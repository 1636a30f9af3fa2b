import { and, eq, isNull } from "drizzle-orm";
import { pool } from "@/drizzle/control/schema/pools";
import { appendAudit } from "@/server/audit/append";
import type { Db, Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";
import type { Sealed } from "@/server/kernel/seal/sealed";
import { aboutPool } from "./internal";

/** Gives a pool its sealed secrets. The first ones stay, whoever comes again. */
export async function sealPool(db: Db, id: string, sealed: Sealed): Promise<void> {
  await db
    .update(pool)
    .set({ ...sealed, updatedAt: new Date() })
    .where(and(eq(pool.id, id), isNull(pool.tokenCipher)));
}

/** The end of its creation: it takes tenants from now on. */
export async function openPool(tx: Tx, ctx: BaseContext, id: string): Promise<void> {
  const [row] = await tx
    .update(pool)
    .set({ state: "active", stateReason: "", updatedAt: new Date() })
    .where(eq(pool.id, id))
    .returning({ id: pool.id, slug: pool.slug });
  if (!row) throw new Error(`Pool ${id} has no row.`);
  await appendAudit(tx, ctx, { ...aboutPool(row), action: "pool.open" });
}

/** The end of one that could not be made. */
export async function failPool(tx: Tx, ctx: BaseContext, id: string, reason: string): Promise<void> {
  const [row] = await tx
    .update(pool)
    .set({ state: "failed", stateReason: reason, updatedAt: new Date() })
    .where(eq(pool.id, id))
    .returning({ id: pool.id, slug: pool.slug });
  if (row) await appendAudit(tx, ctx, { ...aboutPool(row), action: "pool.fail", detail: { reason } });
}
