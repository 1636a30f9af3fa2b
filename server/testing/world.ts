import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setting } from "@/drizzle/control/schema/settings";
import { user } from "@/drizzle/control/schema/people";
import { openDb, type Db } from "@/server/db/client";
import { prepareControlPlane } from "@/server/prepare";
import { openEnvironment } from "@/server/domain/environments/open";
import { createOrganization, type CreatedOrganization } from "@/server/domain/organizations/create";
import { openOrganization } from "@/server/domain/organizations/open";
import { builtInClusters } from "@/server/domain/clusters/names";
import { createDataPlane } from "@/server/drivers/data-plane";
import type { TenantDriver } from "@/server/drivers/driver";
import { createDrivers, type Drivers } from "@/server/drivers/registry";
import { findClusterAccess } from "@/server/sagas/cluster-access";
import { findPoolAccess } from "@/server/sagas/pool-access";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId, userId } from "@/server/kernel/ids";
import { startWorker, type Worker } from "@/server/sagas/worker";

/** A control plane and a data directory of one suite's own. */
export interface World {
  directory: string;
  /** Where the data server of the world is; nothing answers there unless it was asked for. */
  dataUrl: string;
  db: Db;
  drivers: Drivers;
  /** The driver of the files, where a world's environments live unless a test asks for another cluster. */
  files(): Promise<TenantDriver>;
  person(name: string, options?: { isOperator?: boolean }): Promise<UserContext>;
  organization(owner: UserContext, name: string): Promise<CreatedOrganization & { ctx: OrganizationContext }>;
  inOrganization(person: UserContext, organization: string): Promise<OrganizationContext>;
  inEnvironment(person: UserContext, environment: string): Promise<EnvironmentContext>;
  /** Runs everything that is due. */
  settle(): Promise<void>;
  end(): Promise<void>;
}

interface WorldOptions {
  /** With a data server over its files, which logins are tried at. */
  isServed?: boolean;
  /** Where a data server of the test's own is. */
  dataUrl?: string;
  /** Where the world's own data server listens; any free port unless it is named. */
  dataPort?: number;
}

export async function createWorld({ isServed, dataUrl: given, dataPort }: WorldOptions = {}): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), "freehold-world-"));
  const db = await openDb(`file:${join(directory, "control.db")}`);
  await prepareControlPlane(db);
  const served = isServed
    ? await (await import("./serve-files")).serveFiles(db, join(directory, "databases"), dataPort)
    : null;
  const dataUrl = served?.url ?? given ?? "http://localhost:3001";
  const drivers = createDrivers({
    dataDir: directory,
    dataUrl,
    filesClusterId: builtInClusters.files,
    findCluster: (clusterId) => findClusterAccess(db, clusterId),
    findPool: (poolId) => findPoolAccess(db, poolId),
  });
  const workers: Worker[] = [];
  // Most tests want what they delete to be gone; the window has tests of its own.
  await db.insert(setting).values({ key: "recovery_days", value: 0, updatedAt: new Date() });
  // The first person of an installation becomes its operator; nobody of a test should by accident.
  await createPerson(db, drivers, "Founder", true);
  return {
    directory,
    dataUrl,
    db,
    drivers,
    files: () => drivers.of({ clusterId: builtInClusters.files }),
    person: (name, options) => createPerson(db, drivers, name, options?.isOperator ?? false),
    async organization(owner, name) {
      const created = await createOrganization(owner, { name });
      return { ...created, ctx: await openOrganization(owner, created.organization.id) };
    },
    inOrganization: openOrganization,
    inEnvironment: openEnvironment,
    async settle() {
      const worker = workers[0] ?? startWorker({ db, drivers });
      workers[0] = worker;
      await worker.drain();
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await served?.close();
      await drivers.close();
      db.$client.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function createPerson(
  db: Db,
  drivers: Drivers,
  name: string,
  isOperator: boolean,
): Promise<UserContext> {
  const id = newId();
  const email = `${name.toLowerCase()}-${id.slice(-6)}@example.test`;
  const now = new Date();
  await db
    .insert(user)
    .values({ id, name, email, role: isOperator ? "operator" : "user", createdAt: now, updatedAt: now });
  return {
    db,
    dataPlane: createDataPlane(drivers),
    actor: { kind: "user", id, label: email },
    requestId: newId(),
    door: "console",
    ip: null,
    idempotencyKey: null,
    user: { id: userId(id), name, email, emailVerified: false, isOperator },
    sessionToken: null,
  };
}
