import type { Migration, Release } from "@/server/packages/content";
import { Manifest } from "@/server/packages/manifest";
import type { PackageRow, VersionRow } from "./row";

// They were written from this very type, and never change.
const asMigrations = (value: unknown[]) => value as Migration[];

/** What is installed, as the drivers take it. */
export function releaseOf(owner: PackageRow, row: VersionRow): Release {
  const { engines, tables } = Manifest.parse(row.manifest);
  return {
    package: owner.name,
    version: row.version,
    checksum: row.checksum,
    schema: owner.schema,
    engines,
    reference: tables.reference,
    migrations: asMigrations(row.migrations),
  };
}

export const aboutPackage = ({ id, name }: Pick<PackageRow, "id" | "name">) => ({
  subject: { kind: "package", id, label: name },
});
