import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { createPostgresDriver } from "@/server/drivers/postgres/driver";
import { readPostmaster } from "@/server/embedded-postgres/postmaster";
import { startWorker } from "@/server/sagas/worker";
import { openPostgresFaults, type FaultWorld } from "@/server/testing/faults/world";
import { withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();
let world: FaultWorld;
beforeAll(async () => {
  const adminUrl = postgres.adminUrl();
  world = await openPostgresFaults(createPostgresDriver({ adminUrl, publicUrl: postgres.publicUrl() }));
  await world.order("first");
  await world.drive();
}, 60_000);
afterAll(() => world.end());

const stops = {
  "that is stopped": () => postgres.stop(),
  "that crashes": async () => {
    process.kill(readPostmaster(join(postgres.directory(), "data"))?.pid ?? 0, "SIGQUIT");
    await postgres.stop();
  },
};

test.for(Object.entries(stops))(
  "ten environments on a Postgres %s and is started again are all made",
  { timeout: 120_000 },
  async ([kind, stop]) => {
    const worker = startWorker(world);
    const slugs = Array.from({ length: 10 }, (_, n) => `${kind.replaceAll(" ", "-")}-${n}`);
    await Promise.all(slugs.map((slug) => world.order(slug)));
    const made = () => postgres.ask("SELECT FROM pg_database WHERE datname ~ '^env_'");
    const before = (await made()).length;
    await expect
      .poll(async () => (await made()).length, { interval: 5, timeout: 20_000 })
      .toBeGreaterThan(before);
    await stop();
    await postgres.start();
    const statuses = async () => {
      const rows = await world.db.select().from(environment).where(eq(environment.envType, "test"));
      return rows.filter(({ slug }) => slugs.includes(slug)).map(({ status }) => status);
    };
    await expect
      .poll(statuses, { interval: 50, timeout: 90_000 })
      .toEqual(Array.from({ length: 10 }, () => "active"));
    await worker.stop();
    expect(await world.flaws()).toEqual([]);
  },
);
