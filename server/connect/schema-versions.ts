import { asc, eq } from "drizzle-orm";
import { environmentPackage } from "@/drizzle/control/schema/installations";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import type { Db } from "@/server/db/client";

/** The release of each package that was last seen in the tenant's database, by the package's name. */
export async function schemaVersionsOf(db: Db, tenant: string): Promise<Record<string, string>> {
  const rows = await db
    .select({ name: schemaPackage.name, version: packageVersion.version })
    .from(environmentPackage)
    .innerJoin(schemaPackage, eq(schemaPackage.id, environmentPackage.packageId))
    .innerJoin(packageVersion, eq(packageVersion.id, environmentPackage.observedVersionId))
    .where(eq(environmentPackage.environmentId, tenant))
    .orderBy(asc(schemaPackage.name));
  return Object.fromEntries(rows.map(({ name, version }) => [name, version]));
}
