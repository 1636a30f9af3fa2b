import { eq } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environmentDatabase } from "@/drizzle/control/schema/environments";
import { issueCredential } from "@/server/domain/credentials/issue";
import { createEnvironment } from "@/server/domain/environments/create";
import { createPostgresDriver } from "@/server/drivers/postgres/driver";
import type { Drivers } from "@/server/drivers/registry";
import type { EnvironmentContext } from "@/server/kernel/context";
import { startWorker } from "@/server/sagas/worker";
import { only } from "@/server/testing/drivers";
import { withPostgres } from "@/server/testing/postgres";
import { createWorld, type World } from "@/server/testing/world";
import { sampleUse } from "./sample-use";

const postgres = withPostgres();
let world: World;
let drivers: Drivers;
let here: EnvironmentContext;
let idle: EnvironmentContext;

beforeAll(async () => {
  world = await createWorld();
  const publicUrl = postgres.publicUrl();
  drivers = only(createPostgresDriver({ adminUrl: postgres.adminUrl(), publicUrl, allowPrivate: true }));
  const worker = startWorker({ db: world.db, drivers });
  const ann = await world.person("Ann");
  const { ctx } = await world.organization(ann, "Acme");
  async function add(slug: string): Promise<EnvironmentContext> {
    const input = { organization: "acme", name: slug, slug, envType: "test", driver: "postgres" } as const;
    const { environment } = await createEnvironment(ctx, input);
    await worker.drain();
    return world.inEnvironment(ann, environment.id);
  }
  here = await add("used");
  idle = await add("idle");
  await worker.stop();
}, 60_000);
afterAll(async () => {
  await drivers.close();
  await world.end();
});

const databaseOf = async (ctx: EnvironmentContext) =>
  (
    await world.db
      .select()
      .from(environmentDatabase)
      .where(eq(environmentDatabase.environmentId, ctx.environment.id))
  )[0];

test("a login that is at work on a Postgres server is seen, with its database's size", async () => {
  const worker = startWorker({ db: world.db, drivers });
  const input = { environment: here.environment.id, name: "App", scope: "admin", days: 1 } as const;
  const { secret, connection, credential } = await issueCredential(here, input);
  await worker.stop();
  const url = new URL(new URL(connection.url).pathname, postgres.publicUrl());
  url.username = connection.username ?? "";
  url.password = secret ?? "";
  const client = new Client({ connectionString: url.href, ssl: false });
  await client.connect();
  await client.query("CREATE TABLE item AS SELECT n FROM generate_series(1, 20000) AS n");
  const before = await databaseOf(here);
  await sampleUse(world.db, drivers);
  await client.end();

  const after = await databaseOf(here);
  expect(before?.lastAccessedAt).toBeNull();
  expect(after?.lastAccessedAt).toBeInstanceOf(Date);
  expect(after?.storageUsedBytes).toBeGreaterThan((before?.storageUsedBytes ?? 0) + 400_000);
  const [row] = await world.db
    .select()
    .from(databaseCredential)
    .where(eq(databaseCredential.id, credential.id));
  expect(row?.lastUsedAt).toBeInstanceOf(Date);
  expect((await databaseOf(idle))?.lastAccessedAt).toBeNull();
});

test("a server that does not answer is passed over", async () => {
  await postgres.stop();
  await expect(sampleUse(world.db, drivers)).resolves.toBeUndefined();
});
