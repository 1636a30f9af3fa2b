import { and, eq } from "drizzle-orm";
import { environmentPackage } from "@/drizzle/control/schema/installations";
import { packageVersion } from "@/drizzle/control/schema/packages";
import type { Db, Tx } from "@/server/db/client";
import type { VersionRow } from "./row";

interface Place {
  environmentId: string;
  packageId: string;
}

export const isPlace = ({ environmentId, packageId }: Place) =>
  and(eq(environmentPackage.environmentId, environmentId), eq(environmentPackage.packageId, packageId));

/** The release that was last seen there, or null. */
export async function findObserved(tx: Db | Tx, place: Place): Promise<VersionRow | null> {
  const [row] = await tx
    .select({ version: packageVersion })
    .from(environmentPackage)
    .innerJoin(packageVersion, eq(packageVersion.id, environmentPackage.observedVersionId))
    .where(isPlace(place));
  return row?.version ?? null;
}
