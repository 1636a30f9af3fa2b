import { readdirSync } from "node:fs";
import { join } from "node:path";
import { asc, eq, isNotNull, notInArray, or } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { operation } from "@/drizzle/control/schema/operations";
import { listChains, verifyChain } from "@/server/audit/verify";
import type { Db } from "@/server/db/client";
import { drivers } from "@/server/drivers/registry";
import { environmentId } from "@/server/kernel/ids";

type Entry = typeof auditEntry.$inferSelect;

/** Where an entry of the audit trail takes an environment from, and to. */
const moves: Record<string, { from: string[]; to: string }> = {
  "environment.create": { from: ["none"], to: "provisioning" },
  "environment.activate": { from: ["provisioning"], to: "active" },
  "environment.fail": { from: ["provisioning"], to: "failed" },
  "environment.retry": { from: ["failed"], to: "provisioning" },
  "environment.suspend": { from: ["active"], to: "suspended" },
  "environment.resume": { from: ["suspended", "archived"], to: "active" },
  "environment.archive": { from: ["active", "suspended"], to: "archived" },
  "environment.delete": { from: ["active", "suspended", "archived", "failed"], to: "deleting" },
  "environment.remove": { from: ["deleting"], to: "gone" },
};

/** Everything that must hold once nothing is under way: a sentence for each thing that does not. */
export async function findViolations(db: Db, dataDir: string, expected: string[]): Promise<string[]> {
  const found: string[] = [];
  const rows = await db
    .select()
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id));
  found.push(
    ...(await unfinished(db)),
    ...filesAgainst(
      rows.map((row) => row.sys_environment_database.databaseName),
      dataDir,
    ),
  );
  for (const { sys_environment: row, sys_environment_database: database } of rows) {
    if (row.status !== "active") found.push(`${row.slug} is ${row.status}`);
    const identity = { tenant: environmentId(row.id), databaseName: database.databaseName };
    await drivers()
      [database.driver].verifyDatabase(identity)
      .catch((error: unknown) => found.push(`${row.slug} does not open: ${String(error)}`));
  }
  const entries = await db
    .select()
    .from(auditEntry)
    .where(isNotNull(auditEntry.environmentId))
    .orderBy(asc(auditEntry.seq));
  for (const [id, history] of Map.groupBy(entries, (entry) => entry.environmentId)) {
    const row = rows.find(({ sys_environment: candidate }) => candidate.id === id)?.sys_environment;
    found.push(...historyFlaws(history, row));
  }
  found.push(...doubled(entries, expected));
  for (const chain of await listChains(db)) {
    const { broken } = await verifyChain(db, chain);
    if (broken) found.push(`the chain ${chain} breaks at ${broken.seq}: ${broken.reason}`);
  }
  return found;
}

async function unfinished(db: Db): Promise<string[]> {
  const rows = await db
    .select()
    .from(operation)
    .where(or(notInArray(operation.status, ["succeeded", "failed"]), isNotNull(operation.leaseOwner)));
  return rows.map(
    (row) =>
      `operation ${row.saga} on ${row.subject} is ${row.status}, lease of ${row.leaseOwner ?? "nobody"}`,
  );
}

function filesAgainst(names: string[], dataDir: string): string[] {
  const root = join(dataDir, "databases");
  const there = readdirSync(root).filter((name) => name !== "tmp");
  const expected = names.map((name) => `${name}.db`);
  return [
    ...there.filter((name) => !expected.includes(name)).map((name) => `orphan ${name}`),
    ...expected.filter((name) => !there.includes(name)).map((name) => `missing ${name}`),
    ...readdirSync(join(root, "tmp")).map((name) => `leftover ${name}`),
  ];
}

/** One entry per change of status, along the edges, up to where the row stands now. */
function historyFlaws(
  history: Entry[],
  row: { slug: string; status: string; epoch: number } | undefined,
): string[] {
  const flaws: string[] = [];
  let status = "none";
  let changes = 0;
  for (const { action, subjectLabel } of history) {
    const move = moves[action];
    if (!move) continue;
    if (!move.from.includes(status)) flaws.push(`${subjectLabel}: ${action} while ${status}`);
    status = move.to;
    changes++;
  }
  if (status !== (row?.status ?? "gone"))
    flaws.push(
      `${row?.slug ?? history[0]?.subjectLabel}: the trail says ${status}, the row ${row?.status ?? "gone"}`,
    );
  if (row && row.epoch !== changes) flaws.push(`${row.slug}: ${changes} entries for epoch ${row.epoch}`);
  return flaws;
}

/** Each creation that was asked for made one environment, however often it was asked for. */
function doubled(entries: Entry[], expected: string[]): string[] {
  const created = entries
    .filter((entry) => entry.action === "environment.create")
    .map((entry) => entry.subjectLabel);
  const same = created.toSorted().join() === expected.toSorted().join();
  return same ? [] : [`created ${created.join()} instead of ${expected.join()}`];
}
