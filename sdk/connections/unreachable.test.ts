import "@/server/testing/door-settings";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "@/bench/free-port";
import { createDoorWorld } from "@/server/testing/door-world";
import { createHomes, placements, type Homes } from "@/server/testing/homes";
import { withPostgres } from "@/server/testing/postgres";
import { ControlPlaneStore } from "../stores/control-plane-store";
import type { ConnectionStore } from "../stores/tenant-store";
import { Connections } from "./connections";
import type { TenantDatabase } from "./tenant-database";

const postgres = withPostgres();
let world: Awaited<ReturnType<typeof createDoorWorld>>;
let homes: Homes;
let store: ControlPlaneStore;

beforeAll(async () => {
  world = await createDoorWorld();
  homes = await createHomes(world, postgres.adminUrl());
  store = new ControlPlaneStore({ url: world.door.url, key: (await world.service("Schools")).key });
}, 120_000);
afterAll(async () => {
  await store.close();
  await world.end();
});

const read = (database: TenantDatabase) => database.query("SELECT 1 AS one");

test.for(placements)("a tenant in %s whose database does not answer is told so", async (placement) => {
  const { id } = (await homes.onboard(placement)).environment;
  const nobody = String(await freePort());
  const away: ConnectionStore = {
    async connection(tenant) {
      const connection = await store.connection(tenant);
      const url = new URL(connection.url);
      url.port = nobody;
      return { ...connection, url: url.href };
    },
    peekConnection: () => undefined,
    doubt: () => undefined,
    onChange: (changed) => store.onChange(changed),
  };
  const elsewhere = new Connections(away);
  const batch = (database: TenantDatabase) => database.batch([{ sql: "SELECT 1" }]);
  for (const use of [elsewhere.withDatabase(id, read), elsewhere.withDatabase(id, batch)])
    await expect(use).rejects.toMatchObject({ code: "unavailable", status: 503 });
  await elsewhere.close();
});

test("whoever waits too long for a free connection hears of the limit", async () => {
  const { id } = (await homes.onboard("a Postgres database of its own")).environment;
  const narrow = new Connections(store, { connectionsPerTenant: 1, waitMs: 1_000 });
  await narrow.withDatabase(id, async (database) => {
    const held = await database.postgres().connect();
    await expect(narrow.withDatabase(id, read)).rejects.toMatchObject({ code: "limit" });
    held.release();
  });
  expect(await narrow.withDatabase(id, read)).toEqual([{ one: 1 }]);
  await narrow.close();
});
