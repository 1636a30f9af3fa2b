import { and, desc, eq } from "drizzle-orm";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import type { Db, Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";

export type PackageRow = typeof schemaPackage.$inferSelect;
export type VersionRow = typeof packageVersion.$inferSelect;

/** Throws `not_found`. */
export async function getPackageRow(tx: Db | Tx, name: string): Promise<PackageRow> {
  const [row] = await tx.select().from(schemaPackage).where(eq(schemaPackage.name, name));
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
  if (!row) throw new DomainError("not_found", `${owner.name} has no version ${version}.`);
  return row;
}

/** The newest that may be installed; throws `precondition` when there is none. */
export async function getNewestPublished(tx: Db | Tx, owner: PackageRow): Promise<VersionRow> {
  const [row] = await tx
    .select()
    .from(packageVersion)
    .where(and(eq(packageVersion.packageId, owner.id), eq(packageVersion.status, "published")))
    .orderBy(desc(packageVersion.sortKey))
    .limit(1);
  if (!row) throw new DomainError("precondition", `${owner.name} has no version that is published.`);
  return row;
}
