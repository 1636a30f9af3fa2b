import { join } from "node:path";
import { eq, inArray, sql } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { operation, operationStep } from "@/drizzle/control/schema/operations";
import { freePort } from "@/bench/free-port";
import { createAccessBook } from "@/server/connect/access-book";
import { followChanges } from "@/server/connect/change-feed";
import { createDataServer } from "@/server/data-server/server";
import { builtInClusters } from "@/server/domain/clusters/names";
import { createEnvironment } from "@/server/domain/environments/create";
import { retryEnvironment } from "@/server/domain/environments/retry";
import type { TenantDriver } from "@/server/drivers/driver";
import type { Drivers } from "@/server/drivers/registry";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { localFileKeys } from "@/server/kernel/seal/keys/local-file";
import { together } from "@/server/kernel/seal/keys/provider";
import { singleton } from "@/server/kernel/singleton";
import { attempt } from "@/server/testing/attempts";
import { closureFlaws, type Minted } from "@/server/testing/invariants/closure";
import { placeFlaws } from "@/server/testing/invariants/places";
import { recordFlaws } from "@/server/testing/invariants/records";
import { createWorld, type World } from "@/server/testing/world";
import { createFaults, type Faults } from "./inject";

/** A control plane whose drivers and keys can be made to fail, on one kind of database. */
export interface FaultWorld extends World {
  faults: Faults;
  acme: OrganizationContext;
  ann: UserContext;
  driver: TenantDriver;
  /** Every secret that the driver has made. */
  minted: readonly Minted[];
  /** Orders an environment on the kind of database that is tested. */
  order(slug: string): Promise<{ id: string; operation: string }>;
  /** Runs what there is to run, as workers do that try again and take over from each other, to the end. */
  drive(): Promise<void>;
  /** What does not hold now that nothing is under way: a sentence each. */
  flaws(): Promise<string[]>;
  /** The same without trying the secrets. */
  remains(): Promise<string[]>;
}

/** What can go wrong outside. The other methods answer from memory or look without changing anything. */
const driverPorts = [
  "createDatabase",
  "dropDatabase",
  "verifyDatabase",
  "mintSecret",
  "installLogin",
  "verifyLogin",
  "revokeLogin",
  "suspendDatabase",
  "resumeDatabase",
  "installPackage",
  "listInstallations",
] as const;
const mostTurns = 40;

/** Files, served by a data server that asks this world's registry. Ends with the test file. */
export async function openFileFaults(): Promise<FaultWorld> {
  const port = await freePort();
  const keyFaults = faultyKeys();
  const world = await createWorld({ dataUrl: `http://127.0.0.1:${port}` });
  const feed = await followChanges(world.db);
  const server = await createDataServer({
    directory: join(world.directory, "databases"),
    book: createAccessBook(world.db, feed),
    port,
    host: "127.0.0.1",
    executors: { waitMs: 60_000 },
  });
  const place = { clusterId: builtInClusters.files, driver: await world.files() };
  return openFaults(world, keyFaults, place, async () => {
    feed.stop();
    await server.close();
  });
}

/** Databases of the Postgres that this driver knows. */
export async function openPostgresFaults(driver: TenantDriver): Promise<FaultWorld> {
  const keyFaults = faultyKeys();
  const place = { clusterId: builtInClusters.postgres, driver };
  return openFaults(await createWorld(), keyFaults, place, () => driver.close());
}

/** The keys of this process, before anybody has asked for them. */
function faultyKeys(): Faults {
  const faults = createFaults();
  const keys = together([localFileKeys(process.env.FREEHOLD_DATA_DIR ?? "")]);
  singleton("key-provider", () => faults.through(keys, ["wrap", "unwrap"]));
  return faults;
}

interface Place {
  clusterId: string;
  driver: TenantDriver;
}

async function openFaults(
  world: World,
  faults: Faults,
  { clusterId, driver }: Place,
  close: () => Promise<void>,
): Promise<FaultWorld> {
  const ann = await world.person("Ann");
  const acme = (await world.organization(ann, "Acme")).ctx;
  while (await attempt(world));
  const minted: Minted[] = [];
  const remembering: TenantDriver = {
    ...driver,
    async mintSecret(identity, login) {
      const secret = await driver.mintSecret(identity, login);
      const { credentialId, audience, scope } = login;
      minted.push({ identity, credentialId, audience, scope, secret });
      return secret;
    },
  };
  const faulty = faults.through(remembering, driverPorts);
  const pick = (ours: TenantDriver): Drivers => ({
    of: async (place) => (place.clusterId === clusterId ? ours : world.drivers.of(place)),
    pool: (id) => world.drivers.pool(id),
    close: async () => undefined,
  });
  const drivers = pick(faulty);
  const real = pick(driver);
  const remains = async () => [
    ...(await recordFlaws(world.db)),
    ...(await placeFlaws(world.db, real, { clusterId })),
  ];
  let tried = 0;
  return {
    ...world,
    faults,
    ann,
    acme,
    driver,
    drivers,
    minted,
    order: (slug) => order(acme, driver, slug),
    drive: () => drive({ ...world, drivers }, faults, () => orderAgain(world, ann)),
    remains,
    async flaws() {
      const since = minted.slice(tried);
      tried = minted.length;
      return [...(await remains()), ...(await closureFlaws(world.db, real, { clusterId, minted: since }))];
    },
    async end() {
      await close();
      await world.end();
    },
  };
}

async function order(acme: OrganizationContext, { kind }: TenantDriver, slug: string) {
  const { environment: made, operation: ordered } = await createEnvironment(acme, {
    organization: acme.organization.slug,
    name: slug,
    slug,
    envType: "test",
    driver: kind,
  });
  return { id: made.id, operation: ordered.id };
}

/** What people do about a creation that failed. */
async function orderAgain(world: World, ann: UserContext): Promise<void> {
  const failed = await world.db
    .select({ id: environment.id })
    .from(environment)
    .where(eq(environment.status, "failed"));
  for (const { id } of failed) await retryEnvironment(await world.inEnvironment(ann, id));
}

async function drive(world: World, faults: Faults, meanwhile: () => Promise<void>): Promise<void> {
  for (let turn = 0; turn < mostTurns; turn++) {
    await skipWaits(world);
    const asleep = faults.asleep().then(() => "asleep" as const);
    const working = attempt(world, { owner: `worker ${turn}` });
    const outcome = await Promise.race([working, asleep]);
    if (outcome === false) return;
    if (outcome !== "asleep") continue;
    // Its lease ends; whoever comes next does the work, others order more, and then it wakes up.
    await endLeases(world);
    await drive(world, faults, meanwhile);
    await meanwhile();
    await drive(world, faults, meanwhile);
    const before = await everything(world);
    await rouse(working, faults);
    if ((await everything(world)) !== before)
      throw new Error("A worker that had lost its lease changed the registry.");
  }
  throw new Error(`Operations are unfinished after ${mostTurns} attempts.`);
}

/** Wakes whoever sleeps until the work is done: what was woken may meet the next fault and sleep again. */
async function rouse(working: Promise<unknown>, faults: Faults): Promise<void> {
  const done = working.then(() => "done" as const);
  for (let outcome = "asleep"; outcome === "asleep";) {
    const again = faults.asleep().then(() => "asleep" as const);
    faults.wake();
    outcome = await Promise.race([done, again]);
  }
}

const unfinished = inArray(operation.status, ["queued", "running", "undoing"]);

/** All that a worker can change, as it is now. */
async function everything({ db }: World): Promise<string> {
  const tables = [environment, environmentDatabase, databaseCredential, operation, operationStep, auditEntry];
  return JSON.stringify(await Promise.all(tables.map((table) => db.select().from(table))));
}

async function skipWaits({ db }: World): Promise<void> {
  const runAfter = sql`min(${operation.runAfter}, ${operation.createdAt})`;
  await db.update(operation).set({ runAfter }).where(unfinished);
}

async function endLeases({ db }: World): Promise<void> {
  await db.update(operation).set({ leaseExpiresAt: 1 }).where(unfinished);
}
