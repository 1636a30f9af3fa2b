import { and, eq, or, sql } from "drizzle-orm";
import { isolationRun } from "@/drizzle/control/schema/isolation";
import { pool } from "@/drizzle/control/schema/pools";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { describeRun, poolIdOf, runColumns } from "./internal";
import type { ListRuns } from "./schema";

/** One page of the runs of linter and proof, the newest first. Operators only. */
export async function listRuns(ctx: UserContext, input: ListRuns) {
  requireOperator(ctx);
  const poolId = await poolIdOf(ctx.db, input.pool);
  const page = keyset(sql`${isolationRun.finishedAt}`, sql`${isolationRun.id}`, input);
  const filter = and(
    poolId === undefined ? undefined : eq(isolationRun.poolId, poolId),
    input.kind ? eq(isolationRun.kind, input.kind) : undefined,
    input.search
      ? or(
          containing(sql`${pool.slug}`, input.search),
          containing(sql`${isolationRun.problem}`, input.search),
        )
      : undefined,
  );
  const runs = await readPage(ctx.db, page, {
    rows: ctx.db
      .select({ ...runColumns, pool: { id: pool.id, slug: pool.slug, name: pool.name } })
      .from(isolationRun)
      .innerJoin(pool, eq(pool.id, isolationRun.poolId))
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    matching: ctx.db
      .select(oneEach)
      .from(isolationRun)
      .innerJoin(pool, eq(pool.id, isolationRun.poolId))
      .where(filter),
    keyOf: (row) => [row.finishedAt.getTime(), row.id],
  });
  return {
    ...runs,
    items: runs.items.map(({ pool: home, ...run }) => ({ ...describeRun(run), pool: home })),
  };
}
