import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantConnection } from "../stores/tenant-store.ts";

/** The release of a package that a service needs at least. */
export interface SchemaRequirement {
  package: string;
  version: string;
}

const shape = /^(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?$/;

export function hasSchema(
  { schemaVersions }: TenantConnection,
  { package: name, version }: SchemaRequirement,
): boolean {
  const installed = Object.hasOwn(schemaVersions, name) ? schemaVersions[name] : undefined;
  return installed !== undefined && compareVersions(installed, version) >= 0;
}

/** The refusal names what is needed, which is the service's own, and not the tenant. */
export const schemaTooOld = ({ package: name, version }: SchemaRequirement) =>
  new FreeholdError("schema_too_old", `The tenant's database has no ${name} ${version} yet.`);

/** Below 0: `a` is older. A pre-release is older than its release; two of the same one are told apart as text. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (const at of [0, 1, 2]) {
    const difference = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.preRelease === right.preRelease) return 0;
  if (left.preRelease === "" || right.preRelease === "") return left.preRelease === "" ? 1 : -1;
  return left.preRelease < right.preRelease ? -1 : 1;
}

function partsOf(version: string): { numbers: number[]; preRelease: string } {
  const match = shape.exec(version);
  if (!match) throw new Error(`${version} is no version such as 1.4.0.`);
  const [, major, minor, patch, preRelease = ""] = match;
  return { numbers: [Number(major), Number(minor), Number(patch)], preRelease };
}
