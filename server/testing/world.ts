import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { user } from "@/drizzle/control/schema/people";
import { openDb, type Db } from "@/server/db/client";
import { migrateControlPlane } from "@/server/db/migrate";
import { openEnvironment } from "@/server/domain/environments/open";
import { createOrganization, type CreatedOrganization } from "@/server/domain/organizations/create";
import { openOrganization } from "@/server/domain/organizations/open";
import { createDrivers, type Drivers } from "@/server/drivers/registry";
import type { EnvironmentContext, OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId, userId } from "@/server/kernel/ids";
import { startWorker, type Worker } from "@/server/sagas/worker";

/** A control plane and a data directory of one suite's own. */
export interface World {
  directory: string;
  db: Db;
  drivers: Drivers;
  person(name: string, options?: { isOperator?: boolean }): Promise<UserContext>;
  organization(owner: UserContext, name: string): Promise<CreatedOrganization & { ctx: OrganizationContext }>;
  inOrganization(person: UserContext, organization: string): Promise<OrganizationContext>;
  inEnvironment(person: UserContext, environment: string): Promise<EnvironmentContext>;
  /** Runs everything that is due. */
  settle(): Promise<void>;
  end(): Promise<void>;
}

export async function createWorld(): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), "freehold-world-"));
  const db = await openDb(`file:${join(directory, "control.db")}`);
  await migrateControlPlane(db);
  const drivers = createDrivers(directory);
  const workers: Worker[] = [];
  // The first person of an installation becomes its operator; nobody of a test should by accident.
  await createPerson(db, drivers, "Founder", true);
  return {
    directory,
    db,
    drivers,
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
      await drivers.sqlite.close();
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
    drivers,
    actor: { kind: "user", id, label: email },
    requestId: newId(),
    door: "console",
    ip: null,
    idempotencyKey: null,
    user: { id: userId(id), name, email, emailVerified: false, isOperator },
    sessionToken: null,
  };
}
