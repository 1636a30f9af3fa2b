import type { Client } from "@libsql/client/web";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import {
  isThere,
  pendingMigrations,
  refusedStatement,
  type Installation,
  type Standing,
} from "@/server/drivers/installation";
import {
  applied,
  began,
  ended,
  installationOf,
  listing,
  readStanding,
  standingOf,
  stopped,
} from "@/server/drivers/sqlite/installation-sql";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import type { MigrationText, Release } from "@/server/packages/content";
import { read, write, type Turso } from "./enter";
import { isAnswer } from "./open";

/** Others may install at the same time; each of them moves on by a file, so this many turns are enough. */
const mostTurns = 2_000;

/** Applies what is missing of a release. One file of it, with its line in the journal, is one batch: all or nothing. */
export async function installPackage(
  turso: Turso,
  identity: DatabaseIdentity,
  release: Release,
): Promise<void> {
  await write(turso, identity, async (client) => {
    try {
      for (let turn = 1; await applyNext(client, release); turn++)
        if (turn === mostTurns) throw new Error("The installation does not come to an end.");
    } catch (error) {
      if (isDomainError(error)) await client.batch([stopped(release, error.message)], "write");
      throw error;
    }
  });
}

/** Packages that the database says it has. */
export async function listInstallations(turso: Turso, identity: DatabaseIdentity): Promise<Installation[]> {
  return read(turso, identity, async (client) => (await client.execute(listing)).rows.map(installationOf));
}

/** False when nothing is left to do. */
async function applyNext(client: Client, release: Release): Promise<boolean> {
  const standing = await look(client, release.package);
  const [next, ...later] = pendingMigrations(release, "sqlite", standing.applied);
  if (!next && isThere(release, standing)) return false;
  const isNew = await applyFile(client, release, { next, isLast: later.length === 0 });
  return !isNew || later.length > 0;
}

async function look(client: Client, name: string): Promise<Standing> {
  const [journal, installation] = await client.batch(readStanding(name), "read");
  return standingOf(journal?.rows ?? [], installation?.rows ?? []);
}

/** False when another installation was first. The journal comes first, so that it is what the two meet at. */
async function applyFile(
  client: Client,
  release: Release,
  { next, isLast }: { next: MigrationText | undefined; isLast: boolean },
): Promise<boolean> {
  const own = next ? [applied(release, next), began(release)] : [began(release)];
  const statements = next?.statements ?? [];
  const batch = [...own, ...statements.map(({ sql }) => sql), ...(isLast ? [ended(release)] : [])];
  try {
    await client.batch(batch, "write");
    return true;
  } catch (error) {
    if (!isAnswer(error)) throw error;
    const standing = await look(client, release.package);
    if (next && standing.applied.some(({ file }) => file === next.file)) return false;
    const failed = statements[indexOf(error) - own.length];
    if (!next || !failed)
      throw new DomainError("precondition", `The database refused the installation: ${error.message}.`, {
        cause: error,
      });
    throw refusedStatement({ file: next.file, line: failed.line }, error);
  }
}

const indexOf = (error: Error): number =>
  "statementIndex" in error && typeof error.statementIndex === "number" ? error.statementIndex : -1;
