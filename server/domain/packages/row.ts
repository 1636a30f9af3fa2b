import { and, desc, eq } from "drizzle-orm";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import type { Db, Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";

export type PackageRow = typeof schemaPackage.$inferSelect;
export type VersionRow = typeof packageVersion.$inferSelect;

/** Throws `not_found`. */
export async function getPackageRow(tx: Db | Tx, name: string): Promise<PackageRow> {
  const [row] = await tx.select().from(schemaPackage).where(eq(schemaPackage.name, name));
  return requirePackage(row, name);
}

/** Throws `not_found`. */
export function requirePackage(row: PackageRow | undefined, name: string): PackageRow {
  if (!row) throw new DomainError("not_found", `There is no package ${name}.`);
  return row;
}

/** Throws `not_found`. */
export async function getVersionRow(
  tx: Db | Tx,
  owner: Pick<PackageRow, "id" | "name">,
  version: string,
): Promise<VersionRow> {
  const [row] = await tx
    .select()
    .from(packageVersion)
    .where(and(eq(packageVersion.packageId, owner.id), eq(packageVersion.version, version)));
  return requireVersion(row, owner, version);
}

/** The newest that may be installed; throws `precondition` when there is none. */
export async function getNewestPublished(tx: Db | Tx, owner: PackageRow): Promise<VersionRow> {
  const [row] = await tx
    .select()
    .from(packageVersion)
    .where(and(eq(packageVersion.packageId, owner.id), eq(packageVersion.status, "published")))
    .orderBy(desc(packageVersion.sortKey))
    .limit(1);
  return requireVersion(row, owner, undefined);
}

/** Throws `not_found` for a version by its number, `precondition` when it was to be the newest. */
export function requireVersion(
  row: VersionRow | undefined,
  owner: Pick<PackageRow, "name">,
  version: string | undefined,
): VersionRow {
  if (row) return row;
  throw version === undefined
    ? new DomainError("precondition", `${owner.name} has no version that is published.`)
    : new DomainError("not_found", `${owner.name} has no version ${version}.`);
}
