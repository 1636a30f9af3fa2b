import { and, eq, or, sql, type SQL } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { pool } from "@/drizzle/control/schema/pools";
import { containing, keyset } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { presentPool } from "./present";
import type { ListPools } from "./schema";

const sortKeys: Record<ListPools["sort"], SQL> = {
  name: sql`lower(${pool.name})`,
  tenants: sql`${pool.tenantCount}`,
  created: sql`${pool.createdAt}`,
};

/** One page of the pools, each with its cluster. Operators only. */
export async function listPools(ctx: UserContext, input: ListPools) {
  requireOperator(ctx);
  const sort = sortKeys[input.sort];
  const page = keyset(sort, sql`${pool.id}`, input);
  const filter = and(
    input.state ? eq(pool.state, input.state) : undefined,
    input.cluster ? eq(pool.clusterId, input.cluster) : undefined,
    input.search
      ? or(containing(sql`lower(${pool.name})`, input.search), containing(sql`${pool.slug}`, input.search))
      : undefined,
  );
  const [rows, counted] = await ctx.db.batch([
    ctx.db
      .select({
        pool,
        cluster: { id: cluster.id, slug: cluster.slug, name: cluster.name, region: cluster.region },
        packageCount: sql<number>`(select count(*) from sys_pool_package where pool_id = ${pool.id})`,
        sortKey: sql<string | number>`${sort}`,
      })
      .from(pool)
      .innerJoin(cluster, eq(cluster.id, pool.clusterId))
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    ctx.db
      .select({ total: sql<number>`count(*)` })
      .from(pool)
      .where(filter),
  ]);
  const found = page.page(rows, (row) => [row.sortKey, row.pool.id], counted[0]?.total ?? 0);
  return {
    ...found,
    items: found.items.map((row) => ({
      ...presentPool(row.pool),
      cluster: row.cluster,
      packageCount: row.packageCount,
    })),
  };
}
