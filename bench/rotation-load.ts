import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import type { Db } from "@/server/db/client";
import { rotateCredential } from "@/server/domain/credentials/rotate";
import { createEnvironment } from "@/server/domain/environments/create";
import { openEnvironment } from "@/server/domain/environments/open";
import type { Login } from "@/server/drivers/driver";
import type { Drivers } from "@/server/drivers/registry";
import type { EnvironmentContext, OrganizationContext } from "@/server/kernel/context";
import { createServiceClient } from "./service-client";

export interface RotationLoad {
  db: Db;
  drivers: Drivers;
  organization: OrganizationContext;
  driver: "sqlite" | "postgres";
  rotations: number;
  overlapSeconds: number;
  requestsPerSecond: number;
}

export interface RotationReport {
  requests: number;
  /** Failures that the service could not make good by asking for the credential once more. */
  failures: string[];
  refetches: number;
  /** Of each old secret, how long after its overlap it was refused. */
  deadAfterMs: number[];
}

const patienceMs = 60_000;

/** Rotates the credential of services again and again while a service works through it. A worker must be running. */
export async function rotateUnderLoad(load: RotationLoad): Promise<RotationReport> {
  const here = await activeEnvironment(load);
  const client = await createServiceClient(load.db, here.environment.id);
  await client.ask();
  const failures: string[] = [];
  const underWay = new Set<Promise<void>>();
  let requests = 0;
  const timer = setInterval(() => {
    requests++;
    const asking = client
      .ask()
      .catch((error: unknown) => void failures.push(String(error)))
      .finally(() => underWay.delete(asking));
    underWay.add(asking);
  }, 1000 / load.requestsPerSecond);
  const deaths: Promise<number>[] = [];
  for (let n = 0; n < load.rotations; n++) {
    const { id, login } = await client.current();
    await rotateCredential(here, {
      environment: here.environment.id,
      credential: id,
      overlapSeconds: load.overlapSeconds,
    });
    const revokeAfter = await until(async () => (await credential(load.db, id))?.revokeAfter ?? null);
    deaths.push(deathOf(load, here, { id, login, revokeAfter }));
    await until(async () => (await client.current()).id !== id);
  }
  const deadAfterMs = await Promise.all(deaths);
  clearInterval(timer);
  await Promise.all(underWay);
  await client.close();
  return { requests, failures, refetches: client.refetches(), deadAfterMs };
}

/** A new environment that is active. */
export async function activeEnvironment({
  db,
  organization,
  driver,
}: Pick<RotationLoad, "db" | "organization" | "driver">): Promise<EnvironmentContext> {
  const slug = `rotated-${driver}`;
  const input = { organization: organization.organization.slug, name: slug, slug, driver } as const;
  const { environment: made } = await createEnvironment(organization, { ...input, envType: "test" });
  await until(async () => {
    const [row] = await db.select().from(environment).where(eq(environment.id, made.id));
    return row?.status === "active";
  });
  return openEnvironment(organization, made.id);
}

async function credential(db: Db, id: string) {
  const [row] = await db.select().from(databaseCredential).where(eq(databaseCredential.id, id));
  return row;
}

/** Milliseconds from the end of the overlap until the old secret opens nothing and the registry says so. */
async function deathOf(
  { db, drivers }: RotationLoad,
  here: EnvironmentContext,
  { id, login, revokeAfter }: { id: string; login: Login; revokeAfter: Date },
): Promise<number> {
  const [database] = await db
    .select()
    .from(environmentDatabase)
    .where(eq(environmentDatabase.environmentId, here.environment.id));
  if (!database) throw new Error("The environment has no database.");
  const identity = { tenant: here.environment.id, databaseName: database.databaseName };
  const driver = await drivers.of(database);
  await delay(Math.max(0, revokeAfter.getTime() - Date.now()));
  await until(async () => {
    if ((await credential(db, id))?.status !== "revoked") return false;
    return driver.verifyLogin(identity, login).then(
      () => false,
      () => true,
    );
  });
  return Date.now() - revokeAfter.getTime();
}

async function until<T>(look: () => Promise<T | false | null>): Promise<T> {
  for (const end = Date.now() + patienceMs; Date.now() < end; await delay(20)) {
    const found = await look();
    if (found !== false && found !== null) return found;
  }
  throw new Error("It did not happen within a minute.");
}
