import { pool } from "@/drizzle/control/schema/pools";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import { getClusterRow } from "@/server/domain/clusters/row";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { poolNameFor } from "@/server/kernel/database-name";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { enqueue } from "@/server/sagas/enqueue";
import { aboutPool } from "./internal";
import { presentPool } from "./present";
import type { PoolRow } from "./row";
import type { AddPool } from "./schema";

/** Registers a pool on a Postgres cluster and orders its database. It takes tenants when that is there. Operators only. */
export async function addPool(ctx: UserContext, input: AddPool) {
  requireOperator(ctx);
  const id = newId();
  const now = new Date();
  return withTransaction(ctx.db, async (tx) => {
    const home = await getClusterRow(tx, input.cluster);
    if (home.driver !== "postgres")
      throw new DomainError("invalid", "A pool lives on a Postgres cluster.", { field: "cluster" });
    if (home.state !== "active")
      throw new DomainError("precondition", `The cluster ${home.slug} is ${home.state}.`, {
        field: "cluster",
      });
    const { name, slug, capacity } = input;
    const row = await insertPool(tx, {
      id,
      name,
      slug,
      capacity,
      clusterId: home.id,
      databaseName: poolNameFor(id),
      state: "creating",
      createdAt: now,
      updatedAt: now,
    });
    await appendAudit(tx, ctx, {
      ...aboutPool(row),
      action: "pool.add",
      detail: { name, cluster: home.slug, capacity },
    });
    const operation = await enqueue(tx, ctx, "create-pool", {
      input: { poolId: id },
      subject: slug,
      lockKey: id,
    });
    return { pool: presentPool(row), operation };
  });
}

async function insertPool(tx: Tx, values: typeof pool.$inferInsert): Promise<PoolRow> {
  try {
    const [row] = await tx.insert(pool).values(values).returning();
    if (!row) throw new Error("The pool was not inserted.");
    return row;
  } catch (error) {
    if (!isUniqueViolation(error, "sys_pool.slug")) throw error;
    throw new DomainError("conflict", `There is a pool with the slug ${values.slug} already.`, {
      field: "slug",
      cause: error,
    });
  }
}
