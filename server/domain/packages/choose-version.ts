import type { Db, Tx } from "@/server/db/client";
import type { DatabaseRow } from "@/server/domain/environments/home";
import { DomainError } from "@/server/kernel/errors";
import type { Engine } from "@/server/packages/content";
import { findObserved } from "./installed";
import { getNewestPublished, getPackageRow, getVersionRow, type PackageRow, type VersionRow } from "./row";
import { requireInstallable } from "./require-installable";
import type { InstallPackage } from "./schema";
import { sharedInstallRefusal } from "./state";

export interface Choice {
  owner: PackageRow;
  wanted: VersionRow;
  /** What is there already, or null. */
  observed: VersionRow | null;
  engine: Engine;
}

/**
 * What an installation would bring into this database. Throws `precondition` when the version may
 * not be installed, is not written for this kind of database, or is older than what is there.
 */
export async function chooseVersion(
  tx: Db | Tx,
  database: DatabaseRow,
  input: Pick<InstallPackage, "package" | "version">,
): Promise<Choice> {
  const owner = await getPackageRow(tx, input.package);
  const wanted =
    input.version === undefined
      ? await getNewestPublished(tx, owner)
      : await getVersionRow(tx, owner, input.version);
  const observed = await findObserved(tx, { environmentId: database.environmentId, packageId: owner.id });
  const refusal = sharedInstallRefusal(database.isolation);
  if (refusal) throw new DomainError("precondition", refusal);
  const engine = database.driver === "postgres" ? "postgres" : "sqlite";
  requireInstallable({ owner, wanted, observed, engine, place: "The environment" });
  return { owner, wanted, observed, engine };
}
