import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import type { Db } from "@/server/db/client";

const batch = 1000;

/** Every database that the registry has in a place, with its environment, a thousand at a time. */
export async function* registeredOn(
  db: Db,
  { clusterId, poolId }: { clusterId: string; poolId: string | null },
) {
  const inPool =
    poolId === null ? isNull(environmentDatabase.poolId) : eq(environmentDatabase.poolId, poolId);
  for (let after = ""; ;) {
    const rows = await db
      .select({
        id: environment.id,
        slug: environment.slug,
        status: environment.status,
        organizationId: environment.organizationId,
        organization: organization.slug,
        databaseId: environmentDatabase.id,
        databaseName: environmentDatabase.databaseName,
        provisionedAt: environmentDatabase.provisionedAt,
      })
      .from(environmentDatabase)
      .innerJoin(environment, eq(environment.id, environmentDatabase.environmentId))
      .innerJoin(organization, eq(organization.id, environment.organizationId))
      .where(and(eq(environmentDatabase.clusterId, clusterId), inPool, gt(environmentDatabase.id, after)))
      .orderBy(asc(environmentDatabase.id))
      .limit(batch);
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = last.databaseId;
  }
}
