import { join } from "node:path";
import { asc, eq, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import { createEnvironment } from "@/server/domain/environments/create";
import type { OrganizationContext } from "@/server/kernel/context";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import { claimNext } from "@/server/sagas/journal";
import { sagaRegistry } from "@/server/sagas/registry";
import { runOperation } from "@/server/sagas/run";
import type { Saga } from "@/server/sagas/saga";
import type { World } from "./world";

/** Orders an environment, of which nothing is made yet, and says where the file of its database will be. */
export async function orderEnvironment(world: World, owner: OrganizationContext) {
  const slug = `e-${newId().slice(-8)}`;
  const created = await createEnvironment(owner, {
    organization: owner.organization.slug,
    name: slug,
    slug,
    envType: "test",
  });
  const { id } = created.environment;
  const file = join(world.directory, "databases", `${databaseNameFor(environmentId(id))}.db`);
  return { id, slug, operation: created.operation.id, file };
}

export async function readEnvironment(world: World, id: string) {
  const [row] = await world.db.select().from(environment).where(eq(environment.id, id));
  return row;
}

/** Claims the operation that is due, as a worker of this name, and runs it once; false when nothing is due. */
export async function attempt(
  world: World,
  options: { owner?: string; registry?: ReadonlyMap<string, Saga>; drivers?: World["drivers"] } = {},
): Promise<boolean> {
  const lease = await claimNext(world.db, options.owner ?? "one");
  if (!lease) return false;
  await runOperation(
    { db: world.db, drivers: options.drivers ?? world.drivers },
    options.registry ?? sagaRegistry,
    lease,
  );
  return true;
}

/** As if the wait before the next attempt were over. */
export async function makeDue(world: World, id: string): Promise<void> {
  await world.db.update(operation).set({ runAfter: 0 }).where(eq(operation.id, id));
}

/** As if the worker that holds the operation had been silent for longer than a lease. */
export async function endLease(world: World, id: string): Promise<void> {
  await world.db
    .update(operation)
    .set({ leaseExpiresAt: sql`1` })
    .where(eq(operation.id, id));
}

export async function readOperation(world: World, id: string) {
  const [row] = await world.db.select().from(operation).where(eq(operation.id, id));
  if (!row) throw new Error(`There is no operation ${id}.`);
  const steps = await world.db
    .select()
    .from(operationStep)
    .where(eq(operationStep.operationId, id))
    .orderBy(asc(operationStep.position));
  return { ...row, steps };
}
