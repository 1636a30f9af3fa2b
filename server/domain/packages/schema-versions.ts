import { asc, eq } from "drizzle-orm";
import { environmentPackage, poolPackage } from "@/drizzle/control/schema/installations";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import type { Db } from "@/server/db/client";
import type { DatabaseRow } from "@/server/domain/environments/home";

type Place = Pick<DatabaseRow, "environmentId" | "poolId">;

/** The release of each package that was last seen in the tenant's database or pool, by the package's name. */
export async function schemaVersionsOf(
  db: Db,
  { environmentId, poolId }: Place,
): Promise<Record<string, string>> {
  const rows = await (poolId === null
    ? releases(db, environmentPackage).where(eq(environmentPackage.environmentId, environmentId))
    : releases(db, poolPackage).where(eq(poolPackage.poolId, poolId)));
  return Object.fromEntries(rows.map(({ name, version }) => [name, version]));
}

function releases(db: Db, observed: typeof environmentPackage | typeof poolPackage) {
  return db
    .select({ name: schemaPackage.name, version: packageVersion.version })
    .from(observed)
    .innerJoin(schemaPackage, eq(schemaPackage.id, observed.packageId))
    .innerJoin(packageVersion, eq(packageVersion.id, observed.observedVersionId))
    .orderBy(asc(schemaPackage.name))
    .$dynamic();
}
