import { and, count, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { isolationFinding, isolationRun } from "@/drizzle/control/schema/isolation";
import { pool } from "@/drizzle/control/schema/pools";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { describeRun } from "./internal";
import { poolVerdict, type RunKind } from "./names";
import type { ListPools } from "./schema";

const lint = alias(isolationRun, "lint");
const proof = alias(isolationRun, "proof");

const newest = (kind: RunKind) =>
  sql`(select n.id from sys_isolation_run n where n.pool_id = ${pool.id} and n.kind = ${kind}
    order by n.finished_at desc, n.id desc limit 1)`;

/** One page of pools: whether each holds, its newest lint and proof, and how much is open. Operators only. */
export async function isolationOverview(ctx: UserContext, input: ListPools) {
  requireOperator(ctx);
  const page = keyset(sql`${pool.slug}`, sql`${pool.id}`, input);
  const filter = input.search
    ? or(containing(sql`${pool.slug}`, input.search), containing(sql`${pool.name}`, input.search))
    : undefined;
  const pools = await readPage(ctx.db, page, {
    rows: ctx.db
      .select({ pool: { id: pool.id, slug: pool.slug, name: pool.name }, lint, proof })
      .from(pool)
      .leftJoin(lint, eq(lint.id, newest("lint")))
      .leftJoin(proof, eq(proof.id, newest("proof")))
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    matching: ctx.db.select(oneEach).from(pool).where(filter),
    keyOf: (row) => [row.pool.slug, row.pool.id],
  });
  const counts = await countOpen(
    ctx,
    pools.items.map((row) => row.pool.id),
  );
  return {
    ...pools,
    items: pools.items.map((row) => ({
      pool: row.pool,
      verdict: poolVerdict(row.lint?.verdict ?? null, row.proof?.verdict ?? null),
      lint: row.lint && describeRun(row.lint),
      proof: row.proof && describeRun(row.proof),
      open: { critical: 0, high: 0, medium: 0, low: 0, ...counts.get(row.pool.id) },
    })),
  };
}

async function countOpen({ db }: UserContext, pools: string[]) {
  const rows = await db
    .select({ poolId: isolationFinding.poolId, severity: isolationFinding.severity, open: count() })
    .from(isolationFinding)
    .where(and(inArray(isolationFinding.poolId, pools), isNull(isolationFinding.closedAt)))
    .groupBy(isolationFinding.poolId, isolationFinding.severity);
  const counts = new Map<string, Record<string, number>>();
  for (const { poolId, severity, open } of rows)
    counts.set(poolId, { ...counts.get(poolId), [severity]: open });
  return counts;
}
