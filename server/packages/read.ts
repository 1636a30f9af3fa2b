import type { Migration, MigrationText, Release, Statement } from "./content";
import {
  arrangeMigrations,
  hashOf,
  openFiles,
  type NumberedStep,
  type PackageFiles,
  type SourceFile,
} from "./files";
import { manifestFile, readManifest, type Manifest } from "./manifest";
import { packageProblem } from "./problem";
import { readPostgres } from "./read-postgres";
import { openTrial, type TableColumns } from "./read-sqlite";

export interface CheckedPackage {
  manifest: Manifest;
  release: Release;
  /** What the migrations make in SQLite; empty for a package that is not for it. */
  tables: TableColumns[];
  sizeBytes: number;
}

/**
 * Reads and checks a package. Postgres' own parser reads its files; SQLite runs its files, in
 * order, in a database in memory. Throws `invalid` with file, line and what to do.
 */
export async function readPackage(files: PackageFiles): Promise<CheckedPackage> {
  const manifest = readManifest(openFiles(files));
  const steps = arrangeMigrations(files, manifest);
  const postgres = await readForPostgres(steps, manifest.schema);
  const { texts: sqlite, tables } = readForSqlite(steps);
  if (manifest.engines.includes("sqlite")) requireTables(manifest, tables);
  const migrations = steps.map(({ name }, index): Migration => ({
    name,
    sqlite: sqlite[index] ?? null,
    postgres: postgres[index] ?? null,
  }));
  const { name, version, schema, engines } = manifest;
  const sizeBytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const release = {
    package: name,
    version,
    checksum: checksumOf(files, manifest),
    schema,
    engines,
    reference: manifest.tables.reference,
    migrations,
  };
  return { manifest, release, tables, sizeBytes };
}

/** The same for the same content, however its files are ordered and its manifest is laid out. */
function checksumOf(files: PackageFiles, manifest: Manifest): string {
  const migrations = Object.entries(files)
    .filter(([path]) => path !== manifestFile)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return hashOf(JSON.stringify([sorted(manifest), migrations]));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, sorted(inner)]);
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const textOf = ({ file, text }: SourceFile, statements: Statement[]): MigrationText => {
  if (statements.length === 0)
    throw packageProblem(
      { file: `migrations/${file}` },
      "There is no statement in it. Write one or remove the file.",
    );
  return { file, checksum: hashOf(text), statements };
};

async function readForPostgres(steps: NumberedStep[], schema: string): Promise<(MigrationText | null)[]> {
  const texts: (MigrationText | null)[] = [];
  for (const { sources } of steps)
    texts.push(sources.postgres && textOf(sources.postgres, await readPostgres(sources.postgres, schema)));
  return texts;
}

function readForSqlite(steps: NumberedStep[]) {
  const trial = openTrial();
  try {
    const texts = steps.map(({ sources }) => {
      const text = sources.sqlite && textOf(sources.sqlite, trial.run(sources.sqlite));
      if (sources.sqlite) requireNoTenant(trial.tables(), sources.sqlite.file);
      return text;
    });
    return { texts, tables: trial.tables() };
  } finally {
    trial.close();
  }
}

function requireNoTenant(tables: TableColumns[], file: string): void {
  const found = tables.find(({ columns }) => columns.some((column) => column.toLowerCase() === "tenant_id"));
  if (found)
    throw packageProblem(
      { file: `migrations/${file}` },
      `${found.name} has a column tenant_id. The connection says whose data it is, and in a pool Freehold adds it. Take it out.`,
    );
}

/** What the manifest says of tables and columns must be there. */
function requireTables({ tables: { reference }, data }: Manifest, made: TableColumns[]): void {
  const known = new Map(made.map(({ name, columns }) => [name, columns]));
  for (const table of [...reference, ...Object.keys(data)])
    if (!known.has(table))
      throw packageProblem({ file: manifestFile }, `It names a table ${table}, which no migration makes.`);
  for (const [table, classes] of Object.entries(data))
    for (const column of Object.keys(classes))
      if (!known.get(table)?.includes(column))
        throw packageProblem(
          { file: manifestFile },
          `It names a column ${table}.${column}, which no migration makes.`,
        );
}
