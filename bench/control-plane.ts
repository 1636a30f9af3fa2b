import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { user } from "@/drizzle/control/schema/people";
import { controlDb, type Db } from "@/server/db/client";
import { prepareControlPlane } from "@/server/prepare";
import { createEnvironment } from "@/server/domain/environments/create";
import { createOrganization } from "@/server/domain/organizations/create";
import { openOrganization } from "@/server/domain/organizations/open";
import { createDataPlane } from "@/server/drivers/data-plane";
import { processDrivers } from "@/server/sagas/process-drivers";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { newId, userId } from "@/server/kernel/ids";
import { masterSecret } from "@/server/kernel/master-secret";
import { nextMove } from "@/server/kernel/announce";
import { startWorker } from "@/server/sagas/worker";

/** A control plane with its worker, as the server has it: a file, every guard, full syncing. */
export interface ControlPlane {
  /** Where the tenants' files are. */
  databases: string;
  db: Db;
  /** An owner in an organization of its own. */
  owner: OrganizationContext;
  /** The whole way of one environment, from the call to the moment when it is active. */
  provision(): Promise<void>;
  count(status: "active" | "failed"): Promise<number>;
  end(): Promise<void>;
}

/** Opens the control plane of FREEHOLD_DATA_DIR, which must be an empty one. */
export async function openControlPlane(): Promise<ControlPlane> {
  masterSecret();
  const db = await controlDb();
  await prepareControlPlane(db);
  const worker = startWorker({ db, drivers: processDrivers(db) });
  // The first person of all is the operator, so the owner comes second.
  await createPerson(db, "Operator", "operator");
  const first = await createPerson(db, "Owner", "user");
  const created = await createOrganization(first, { name: "Acme" });
  await settled(created.operation.id);
  const owner = await openOrganization(first, created.organization.id);
  let count = 0;
  return {
    databases: join(env().dataDir, "databases"),
    db,
    owner,
    async provision() {
      count += 1;
      const { operation } = await createEnvironment(owner, {
        organization: owner.organization.slug,
        name: `Environment ${count}`,
        slug: `environment-${count}`,
        envType: "development",
      });
      await settled(operation.id);
    },
    async count(status) {
      const [row] = await db
        .select({ total: sql<number>`count(*)` })
        .from(environment)
        .where(eq(environment.status, status));
      return row?.total ?? 0;
    },
    async end() {
      await worker.stop();
      await processDrivers(db).close();
      db.$client.close();
    },
  };
}

/** The steps of provisioning are journalled together, so its first move is its last. */
async function settled(operation: string): Promise<void> {
  await nextMove(operation, 10_000, new AbortController().signal);
}

async function createPerson(db: Db, name: string, role: "user" | "operator"): Promise<UserContext> {
  const id = newId();
  const email = `${name.toLowerCase()}@example.test`;
  const now = new Date();
  await db.insert(user).values({ id, name, email, role, createdAt: now, updatedAt: now });
  return {
    db,
    dataPlane: createDataPlane(processDrivers(db)),
    actor: { kind: "user", id, label: email },
    requestId: newId(),
    door: "console",
    ip: null,
    idempotencyKey: null,
    user: { id: userId(id), name, email, emailVerified: false, isOperator: role === "operator" },
    sessionToken: null,
  };
}
