import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, type QueryResultRow } from "pg";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { freePort } from "@/bench/free-port";
import type { Address, Login } from "@/server/drivers/driver";
import type { TestClient } from "@/server/drivers/logins.contract";
import { createPostgresDriver } from "@/server/drivers/postgres/driver";
import { isReachable } from "@/server/embedded-postgres/binaries";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "@/server/embedded-postgres/start";
import { Secret } from "@/server/kernel/secret";

/** A Postgres of the test file's own, with drivers for it. */
export interface TestPostgres {
  adminUrl(): Secret;
  publicUrl(): string;
  port(): number;
  /** The directory of the server's files. */
  directory(): string;
  /** A driver on a server without tenants. Closed with the test. */
  driver(options?: { warm?: number }): Promise<ReturnType<typeof createPostgresDriver>>;
  /** One more driver on the same server. */
  anotherDriver(options?: { warm?: number }): ReturnType<typeof createPostgresDriver>;
  /** As the superuser. */
  ask<Row extends QueryResultRow>(sql: string, database?: string): Promise<Row[]>;
  /** A connection as the superuser, or as a role whose password is `pw`. Ends with the test. */
  connect(database: string, user?: string): Promise<Client>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Starts the server before the first test of the file and stops it after the last. */
export function withPostgres(): TestPostgres {
  const home = mkdtempSync(join(tmpdir(), "freehold-postgres-"));
  chmodSync(home, 0o755);
  const dataDir = join(home, "data");
  const place = isReachable(home) ? { dataDir, home } : { dataDir };
  const password = new Secret(randomBytes(16).toString("hex"));
  let port = 0;
  let server: EmbeddedPostgres | undefined;
  let kept: Client | undefined;

  async function start(): Promise<void> {
    port ||= await freePort();
    server = await startEmbeddedPostgres({ ...place, port, password, fsync: false });
  }

  const current = () => {
    if (!server) throw new Error("The server of this test file is not running.");
    return server;
  };

  async function connect(database: string, user?: string): Promise<Client> {
    const url = new URL(current().adminUrl.reveal());
    url.pathname = database;
    if (user !== undefined) {
      url.username = user;
      url.password = "pw";
    }
    const client = new Client({ connectionString: url.href, ssl: false });
    client.on("error", () => {
      if (client === kept) kept = undefined;
    });
    await client.connect();
    return client;
  }

  async function ask<Row extends QueryResultRow>(sql: string, database?: string): Promise<Row[]> {
    if (database === undefined) return (await (kept ??= await connect("postgres")).query<Row>(sql)).rows;
    const client = await connect(database);
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async function connectInTest(database: string, user?: string): Promise<Client> {
    const client = await connect(database, user);
    onTestFinished(() => client.end());
    return client;
  }

  function anotherDriver(options: { warm?: number } = {}) {
    const publicUrl = `postgresql://127.0.0.1:${port}`;
    const driver = createPostgresDriver({ adminUrl: current().adminUrl, publicUrl, ...options });
    onTestFinished(() => driver.close());
    return driver;
  }

  beforeAll(start, 120_000);
  afterAll(async () => {
    await kept?.end().catch(() => undefined);
    await server?.stop();
    if (server) rmSync(server.directory, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  });

  return {
    adminUrl: () => current().adminUrl,
    publicUrl: () => `postgresql://127.0.0.1:${port}`,
    port: () => port,
    directory: () => current().directory,
    async driver(options) {
      await removeTenants(ask);
      return anotherDriver(options);
    },
    anotherDriver,
    ask,
    connect: connectInTest,
    stop: () => current().stop(),
    start,
  };
}

type Ask = TestPostgres["ask"];

async function removeTenants(ask: Ask): Promise<void> {
  const databases = await ask<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname ~ '^(env|warm)_'",
  );
  for (const { datname } of databases) await ask(`DROP DATABASE "${datname}" WITH (FORCE)`);
  const roles = await ask<{ rolname: string }>("SELECT rolname FROM pg_roles WHERE rolname ~ '^cred_'");
  for (const { rolname } of roles) await ask(`DROP ROLE "${rolname}"`);
}

/** A client as a tenant's own program would use one. */
export async function connectPostgres(address: Address, { secret }: Login): Promise<TestClient> {
  const url = new URL(address.url);
  url.username = address.username ?? "";
  url.password = secret.reveal();
  const client = new Client({ connectionString: url.href, ssl: false });
  client.on("error", () => undefined);
  await client.connect();
  return {
    query: async (sql) => (await client.query<Record<string, unknown>>(sql)).rows,
    close: () => client.end(),
  };
}
