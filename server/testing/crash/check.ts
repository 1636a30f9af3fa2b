import { eq, isNotNull } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db } from "@/server/db/client";
import { builtInClusters } from "@/server/domain/clusters/names";
import { roleOf } from "@/server/drivers/postgres/names";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId } from "@/server/kernel/ids";
import { processDrivers } from "@/server/sagas/process-drivers";
import { placeFlaws } from "@/server/testing/invariants/places";
import { chainFlaws, recordFlaws } from "@/server/testing/invariants/records";

/** Everything that must hold once nothing is under way: a sentence for each thing that does not. */
export async function findViolations(db: Db, expected: string[]): Promise<string[]> {
  const drivers = processDrivers(db);
  const found = await recordFlaws(db);
  const rows = await db
    .select()
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id));
  const clusters = new Set([
    builtInClusters.files,
    ...rows.map((row) => row.sys_environment_database.clusterId),
  ]);
  const ours = await knownNames(db);
  for (const clusterId of clusters)
    // Rounds share a Postgres; files are a round's own.
    found.push(
      ...(await placeFlaws(db, drivers, {
        clusterId,
        isOurs: (name) => clusterId === builtInClusters.files || ours.has(name),
      })),
    );
  for (const { sys_environment: row, sys_environment_database: database } of rows) {
    if (row.status !== "active") found.push(`${row.slug} is ${row.status}`);
    const identity = { tenant: environmentId(row.id), databaseName: database.databaseName };
    const driver = await drivers.of(database);
    await driver
      .verifyDatabase(identity)
      .catch((error: unknown) => found.push(`${row.slug} does not open: ${String(error)}`));
  }
  return [...found, ...(await doubled(db, expected)), ...(await chainFlaws(db))];
}

/** The names that databases and logins of this control plane have or had. */
async function knownNames(db: Db): Promise<Set<string>> {
  const entries = await db.select().from(auditEntry).where(isNotNull(auditEntry.environmentId));
  return new Set(
    entries.flatMap(({ environmentId: id, subjectKind, subjectId }) => [
      databaseNameFor(environmentId(id ?? "")),
      ...(subjectKind === "credential" ? [roleOf(subjectId)] : []),
    ]),
  );
}

/** Each creation that was asked for made one environment, however often it was asked for. */
async function doubled(db: Db, expected: string[]): Promise<string[]> {
  const entries = await db.select().from(auditEntry).where(eq(auditEntry.action, "environment.create"));
  const created = entries.map((entry) => entry.subjectLabel);
  const same = created.toSorted().join() === expected.toSorted().join();
  return same ? [] : [`created ${created.join()} instead of ${expected.join()}`];
}
