import { eq, ne } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db } from "@/server/db/client";
import type { Drivers } from "@/server/drivers/registry";
import { environmentId } from "@/server/kernel/ids";

interface Cluster {
  clusterId: string;
  /** Whether this registry has to answer for what has the name. */
  isOurs?: (name: string) => boolean;
}

/** What lies on a cluster and what the registry says of it are the same, both ways, logins included. */
export async function placeFlaws(
  db: Db,
  drivers: Drivers,
  { clusterId, isOurs = () => true }: Cluster,
): Promise<string[]> {
  const driver = await drivers.of({ clusterId });
  const rows = await db
    .select({
      databaseName: environmentDatabase.databaseName,
      id: environmentDatabase.id,
      tenant: environment.id,
      status: environment.status,
    })
    .from(environmentDatabase)
    .innerJoin(environment, eq(environment.id, environmentDatabase.environmentId))
    .where(eq(environmentDatabase.clusterId, clusterId));
  const expected = rows.filter(({ status }) => status !== "failed");
  const flaws: string[] = [];
  const there = new Map<string, string | null>();
  for await (const { databaseName, tenant, problem } of driver.listDatabases()) {
    if (!isOurs(databaseName)) continue;
    if (problem === null) there.set(databaseName, tenant);
    else flaws.push(`${databaseName}: ${problem}`);
  }
  for (const { databaseName, tenant, id } of expected) {
    if (there.get(databaseName) !== tenant) flaws.push(`${databaseName} is not there as ${tenant}'s`);
    there.delete(databaseName);
    flaws.push(...(await loginsAgainst(db, { id, tenant, databaseName }, driver)));
  }
  return [...flaws, ...[...there.keys()].map((name) => `orphan ${name}`)];
}

interface Place {
  id: string;
  tenant: string;
  databaseName: string;
}

async function loginsAgainst(
  db: Db,
  { id, tenant, databaseName }: Place,
  driver: Awaited<ReturnType<Drivers["of"]>>,
): Promise<string[]> {
  const identity = { tenant: environmentId(tenant), databaseName };
  const installed = await driver.listLogins(identity).catch((error: unknown) => [String(error)]);
  if (installed === null) return [];
  const rows = await db
    .select({ id: databaseCredential.id, databaseId: databaseCredential.databaseId })
    .from(databaseCredential)
    .where(ne(databaseCredential.status, "revoked"));
  const registered = rows.filter(({ databaseId }) => databaseId === id).map((row) => row.id);
  const [unknown, missing] = [
    installed.filter((login) => !registered.includes(login)),
    registered.filter((login) => !installed.includes(login)),
  ];
  return [
    ...unknown.map((login) => `${databaseName} has the login ${login}, which is not registered`),
    ...missing.map((login) => `${databaseName} lacks the login ${login}`),
  ];
}
