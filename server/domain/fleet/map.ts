import { count, desc, eq } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";

/** As many as a picture can show and a browser can take. */
export const mostTiles = 10_000;

/**
 * The databases of the newest environments as tiles, sizes in bytes, in one round trip. Says
 * that something is there, where it belongs and how it does; nothing of its data. Operators only.
 */
export async function getFleetMap(ctx: UserContext) {
  requireOperator(ctx);
  const [tiles, databases] = await ctx.db.batch([
    ctx.db
      .select({
        id: environment.id,
        status: environment.status,
        bytes: environmentDatabase.storageUsedBytes,
        organization: organization.slug,
        environment: environment.slug,
      })
      .from(environment)
      .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
      .innerJoin(organization, eq(organization.id, environment.organizationId))
      // Ids are made in the order of time.
      .orderBy(desc(environment.id))
      .limit(mostTiles),
    ctx.db.select({ total: count() }).from(environmentDatabase),
  ]);
  return { tiles, total: databases[0]?.total ?? 0 };
}
