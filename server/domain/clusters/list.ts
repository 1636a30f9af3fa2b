import { and, eq, or, sql, sum, type SQL } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { containing, keyset } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { presentCluster } from "./present";
import type { ListClusters } from "./schema";

const sortKeys: Record<ListClusters["sort"], SQL> = {
  name: sql`lower(${cluster.name})`,
  databases: sql`${cluster.databaseCount}`,
  created: sql`${cluster.createdAt}`,
};

/** One page of the clusters, each with the bytes that its databases take. Operators only. */
export async function listClusters(ctx: UserContext, input: ListClusters) {
  requireOperator(ctx);
  const sort = sortKeys[input.sort];
  const page = keyset(sort, sql`${cluster.id}`, input);
  const filter = and(
    input.driver ? eq(cluster.driver, input.driver) : undefined,
    input.state ? eq(cluster.state, input.state) : undefined,
    input.search
      ? or(containing(sql`${cluster.name}`, input.search), containing(sql`${cluster.slug}`, input.search))
      : undefined,
  );
  const [rows, counted, stored] = await ctx.db.batch([
    ctx.db
      .select({ cluster, sortKey: sql<string | number>`${sort}` })
      .from(cluster)
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    ctx.db
      .select({ total: sql<number>`count(*)` })
      .from(cluster)
      .where(filter),
    ctx.db
      .select({
        clusterId: environmentDatabase.clusterId,
        bytes: sum(environmentDatabase.storageUsedBytes).mapWith(Number),
      })
      .from(environmentDatabase)
      .groupBy(environmentDatabase.clusterId),
  ]);
  const bytes = new Map(stored.map((one) => [one.clusterId, one.bytes]));
  const found = page.page(rows, (row) => [row.sortKey, row.cluster.id], counted[0]?.total ?? 0);
  return {
    ...found,
    items: found.items.map((row) => ({
      ...presentCluster(row.cluster),
      storageUsedBytes: bytes.get(row.cluster.id) ?? 0,
    })),
  };
}
