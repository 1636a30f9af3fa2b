import { eq } from "drizzle-orm";
import { pool } from "@/drizzle/control/schema/pools";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";
import { aboutPool } from "./internal";

/** The end of a pool whose database is gone: its row and its secrets go too. Fine when they have gone. */
export async function forgetPool(tx: Tx, ctx: BaseContext, id: string): Promise<void> {
  const [row] = await tx.delete(pool).where(eq(pool.id, id)).returning({ id: pool.id, slug: pool.slug });
  if (row) await appendAudit(tx, ctx, { ...aboutPool(row), action: "pool.end" });
}
