import { and, eq, getTableColumns, isNotNull, isNull, or, sql } from "drizzle-orm";
import { isolationFinding } from "@/drizzle/control/schema/isolation";
import { pool } from "@/drizzle/control/schema/pools";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { poolIdOf } from "./internal";
import { severities } from "./names";
import type { ListIsolationFindings } from "./schema";

const { poolId: _, ...columns } = getTableColumns(isolationFinding);

// The worst first, then by rule and object.
const place = sql<string>`(case ${isolationFinding.severity} when 'critical' then 0 when 'high' then 1
  when 'medium' then 2 else 3 end) || ' ' || ${isolationFinding.rule} || ' ' || ${isolationFinding.object}`;

/** One page of what lints found in pools, the worst first. Operators only. */
export async function listIsolationFindings(ctx: UserContext, input: ListIsolationFindings) {
  requireOperator(ctx);
  const poolId = await poolIdOf(ctx.db, input.pool);
  const page = keyset(place, sql`${isolationFinding.id}`, input);
  const closed = isolationFinding.closedAt;
  const filter = and(
    poolId === undefined ? undefined : eq(isolationFinding.poolId, poolId),
    input.state === "open" ? isNull(closed) : isNotNull(closed),
    input.severity ? eq(isolationFinding.severity, input.severity) : undefined,
    input.search
      ? or(
          containing(sql`${isolationFinding.rule}`, input.search),
          containing(sql`${isolationFinding.object}`, input.search),
          containing(sql`${isolationFinding.problem}`, input.search),
        )
      : undefined,
  );
  return readPage(ctx.db, page, {
    rows: ctx.db
      .select({ ...columns, pool: { id: pool.id, slug: pool.slug, name: pool.name } })
      .from(isolationFinding)
      .innerJoin(pool, eq(pool.id, isolationFinding.poolId))
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    matching: ctx.db.select(oneEach).from(isolationFinding).where(filter),
    keyOf: (row) => [`${severities.indexOf(row.severity)} ${row.rule} ${row.object}`, row.id],
  });
}
