import { DomainError } from "@/server/kernel/errors";
import type { Engine } from "@/server/packages/content";
import { Manifest } from "@/server/packages/manifest";
import type { PackageRow, VersionRow } from "./row";
import { packageVersionRefusal } from "./state";

interface Installing {
  owner: PackageRow;
  wanted: VersionRow;
  /** What is there already, or null. */
  observed: VersionRow | null;
  engine: Engine;
  /** What has it, at the beginning of a sentence. */
  place: string;
}

/**
 * Throws `precondition` when the version may not be installed, is not written for this kind of
 * database, or is older than what is there.
 */
export function requireInstallable({ owner, wanted, observed, engine, place }: Installing): void {
  const refusal = packageVersionRefusal("install", wanted);
  if (refusal) throw new DomainError("precondition", reasonWith(refusal, wanted));
  if (!Manifest.parse(wanted.manifest).engines.includes(engine))
    throw new DomainError("precondition", `${owner.name} ${wanted.version} is not written for ${engine}.`);
  if (observed && observed.sortKey > wanted.sortKey)
    throw new DomainError(
      "precondition",
      `${place} has ${observed.version}, which is newer than ${wanted.version}. A package does not go back.`,
    );
}

const reasonWith = (refusal: string, { deprecationReason }: VersionRow) =>
  deprecationReason === "" ? refusal : `${refusal} ${deprecationReason}`;
