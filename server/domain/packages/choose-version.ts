import type { Db, Tx } from "@/server/db/client";
import type { DatabaseRow } from "@/server/domain/environments/home";
import { DomainError } from "@/server/kernel/errors";
import type { Engine } from "@/server/packages/content";
import { Manifest } from "@/server/packages/manifest";
import { findObserved } from "./installed";
import {
  getNewestPublished,
  getPackageRow,
  getVersionRow,
  type PackageRow,
  type VersionRow,
} from "./internal";
import type { InstallPackage } from "./schema";
import { packageVersionRefusal } from "./state";

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
  const refusal = packageVersionRefusal("install", wanted);
  if (refusal) throw new DomainError("precondition", reasonWith(refusal, wanted));
  if (database.isolation === "shared")
    throw new DomainError(
      "precondition",
      "In a pool a package is installed for all of its tenants at once, by an operator.",
    );
  const engine = database.driver === "postgres" ? "postgres" : "sqlite";
  if (!Manifest.parse(wanted.manifest).engines.includes(engine))
    throw new DomainError("precondition", `${owner.name} ${wanted.version} is not written for ${engine}.`);
  if (observed && observed.sortKey > wanted.sortKey)
    throw new DomainError(
      "precondition",
      `The environment has ${observed.version}, which is newer than ${wanted.version}. A package does not go back.`,
    );
  return { owner, wanted, observed, engine };
}

const reasonWith = (refusal: string, { deprecationReason }: VersionRow) =>
  deprecationReason === "" ? refusal : `${refusal} ${deprecationReason}`;
