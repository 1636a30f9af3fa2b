import { count, desc, eq, sql } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";

/** As many as a picture can show and a browser can take. */
const mostTiles = 10_000;

/**
 * The databases of the newest environments, in one round trip: a line of text for each with
 * environment id, organization slug, environment slug, status, bytes and cluster slug, parted by spaces.
 * Says that something is there, where it belongs and how it does; nothing of its data.
 * Operators only.
 */
export async function getFleetMap(ctx: UserContext): Promise<{ lines: string; total: number }> {
  requireOperator(ctx);
  const { id, slug, status } = environment;
  // Thousands of rows as one text: none of its parts can hold a space, and nobody walks them but the picture.
  const newest = ctx.db
    .select({
      line: sql<string>`${id} || ' ' || ${organization.slug} || ' ' || ${slug} || ' ' || ${status} || ' ' || ${environmentDatabase.storageUsedBytes} || ' ' || ${cluster.slug}`.as(
        "line",
      ),
    })
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .innerJoin(cluster, eq(cluster.id, environmentDatabase.clusterId))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    // Ids are made in the order of time.
    .orderBy(desc(environment.id))
    .limit(mostTiles)
    .as("newest");
  const [drawn, databases] = await ctx.db.batch([
    ctx.db.select({ lines: sql<string | null>`group_concat(${newest.line}, char(10))` }).from(newest),
    ctx.db.select({ total: count() }).from(environmentDatabase),
  ]);
  return { lines: drawn[0]?.lines ?? "", total: databases[0]?.total ?? 0 };
}
