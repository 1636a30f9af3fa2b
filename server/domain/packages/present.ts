import { Manifest } from "@/server/packages/manifest";
import { openTrial } from "@/server/packages/read-sqlite";
import type { Release } from "@/server/packages/content";
import { releaseOf } from "./internal";
import type { PackageRow, VersionRow } from "./row";

/** A version without what is in it. */
export function presentVersion(row: Omit<VersionRow, "migrations">) {
  const { version, status, checksum, statementCount, sizeBytes, deprecationReason } = row;
  const { createdBy, createdAt, publishedAt } = row;
  const { engines } = Manifest.parse(row.manifest);
  return {
    version,
    status,
    checksum,
    engines,
    statementCount,
    sizeBytes,
    deprecationReason,
    createdBy,
    createdAt,
    publishedAt,
  };
}

/** A version with its tables and statements. */
export function presentContent(owner: PackageRow, row: VersionRow) {
  const release = releaseOf(owner, row);
  const { data } = Manifest.parse(row.manifest);
  const reference = new Set(release.reference);
  return {
    ...presentVersion(row),
    package: owner.name,
    schema: owner.schema,
    tables: tablesOf(release).map(({ name, columns }) => ({
      name,
      isReference: reference.has(name),
      columns: columns.map((column) => ({ name: column, dataClass: data[name]?.[column] ?? null })),
    })),
    migrations: release.migrations.map(({ name, sqlite, postgres }) => ({ name, sqlite, postgres })),
  };
}

/** What the migrations make, found out by running them; nothing for a package that is not for SQLite. */
function tablesOf({ migrations, engines }: Release) {
  if (!engines.includes("sqlite")) return [];
  const trial = openTrial();
  try {
    for (const { sqlite } of migrations)
      if (sqlite)
        trial.run({ file: sqlite.file, text: sqlite.statements.map(({ sql }) => `${sql};`).join("\n") });
    return trial.tables();
  } finally {
    trial.close();
  }
}
