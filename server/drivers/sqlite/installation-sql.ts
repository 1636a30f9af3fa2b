import { newId } from "@/server/kernel/ids";
import type { MigrationText, Release } from "@/server/packages/content";
import {
  installationStatuses,
  mostInstallations,
  type Installation,
  type Standing,
} from "@/server/drivers/installation";

/** A statement with its values. libSQL and SQLite take the same ones. */
export interface Prepared {
  sql: string;
  args: (string | number | null)[];
}

type Row = Readonly<Record<string, unknown>>;

export const readStanding = (name: string): [journal: Prepared, installation: Prepared] => [
  {
    sql: "SELECT file, checksum FROM sys_migration WHERE package = ? ORDER BY file LIMIT 10000",
    args: [name],
  },
  { sql: "SELECT version, checksum, status FROM sys_package_installation WHERE package = ?", args: [name] },
];

export function standingOf(journal: readonly Row[], [installation]: readonly Row[]): Standing {
  return {
    applied: journal.map(({ file, checksum }) => ({ file: String(file), checksum: String(checksum) })),
    installed: installation
      ? {
          version: String(installation["version"]),
          checksum: String(installation["checksum"]),
          status: statusIn(installation["status"]),
        }
      : null,
  };
}

/** Says that the release is on its way. What was whole before stays named until the end. */
export function began({ package: name, version, checksum }: Release): Prepared {
  const now = Date.now();
  return {
    sql: `INSERT INTO sys_package_installation (id, package, version, checksum, status, installed_at, updated_at)
      VALUES (?, ?, ?, ?, 'installing', ?, ?)
      ON CONFLICT (package) DO UPDATE SET
        version = CASE status WHEN 'installing' THEN excluded.version ELSE version END,
        checksum = CASE status WHEN 'installing' THEN excluded.checksum ELSE checksum END,
        status = CASE status WHEN 'installing' THEN status ELSE 'upgrading' END,
        error_message = NULL, updated_at = excluded.updated_at`,
    args: [newId(), name, version, checksum, now, now],
  };
}

export const applied = (
  { package: name, version }: Release,
  { file, checksum }: MigrationText,
): Prepared => ({
  sql: "INSERT INTO sys_migration (id, package, version, file, checksum, applied_at) VALUES (?, ?, ?, ?, ?, ?)",
  args: [newId(), name, version, file, checksum, Date.now()],
});

export const ended = ({ package: name, version, checksum }: Release): Prepared => ({
  sql: `UPDATE sys_package_installation
    SET version = ?, checksum = ?, status = 'installed', error_message = NULL, updated_at = ? WHERE package = ?`,
  args: [version, checksum, Date.now(), name],
});

export const stopped = ({ package: name }: Release, reason: string): Prepared => ({
  sql: "UPDATE sys_package_installation SET error_message = ?, updated_at = ? WHERE package = ? AND status <> 'installed'",
  args: [reason.slice(0, 2_000), Date.now(), name],
});

/** What a tenant may have written there is cut short. */
export const listing: Prepared = {
  sql: `SELECT substr(package, 1, 200) AS package, substr(version, 1, 100) AS version,
    substr(checksum, 1, 64) AS checksum, status, substr(error_message, 1, 2000) AS problem, updated_at
    FROM sys_package_installation ORDER BY package LIMIT ${mostInstallations}`,
  args: [],
};

export const installationOf = (row: Row): Installation => ({
  package: String(row["package"]),
  version: String(row["version"]),
  checksum: String(row["checksum"]),
  status: statusIn(row["status"]),
  problem: typeof row["problem"] === "string" ? row["problem"] : null,
  updatedAt: new Date(Number(row["updated_at"])),
});

const statusIn = (value: unknown) => installationStatuses.find((known) => known === value) ?? "installing";
