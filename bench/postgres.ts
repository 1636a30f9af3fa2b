import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { Client } from "pg";
import { createPostgresDriver } from "@/server/drivers/postgres/driver";
import type { TenantDriver } from "@/server/drivers/driver";
import { startEmbeddedPostgres } from "@/server/embedded-postgres/start";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { freePort } from "./free-port";

/** A database with a login, as an environment gets them; without the way of the secret to its keeper. */
export async function provision(driver: TenantDriver): Promise<void> {
  const tenant = environmentId(newId());
  const identity = { tenant, databaseName: databaseNameFor(tenant) };
  await driver.createDatabase(identity);
  const login = {
    credentialId: newId(),
    audience: "direct" as const,
    scope: "readwrite",
    expiresAt: null,
  } as const;
  await driver.installLogin(identity, { ...login, secret: await driver.mintSecret(identity, login) });
}

/** A server of the benchmark's own, as Freehold starts one, for the time of `use`. */
export async function withServer<T>(
  dataDir: string,
  use: (server: {
    admin: Client;
    driver(warm: number): TenantDriver;
    template(): Promise<string>;
  }) => Promise<T>,
): Promise<T> {
  const password = new Secret(randomBytes(16).toString("hex"));
  const server = await startEmbeddedPostgres({ dataDir, port: await freePort(), password });
  const admin = new Client({ connectionString: server.adminUrl.reveal() });
  await admin.connect();
  try {
    return await use({
      admin,
      driver: (warm) =>
        createPostgresDriver({
          adminUrl: server.adminUrl,
          publicUrl: `postgresql://127.0.0.1:${server.port}`,
          warm,
        }),
      async template() {
        const { rows } = await admin.query<{ datname: string }>(
          "SELECT datname FROM pg_database WHERE datname ~ '^freehold_template_'",
        );
        return rows[0]?.datname ?? "template0";
      },
    });
  } finally {
    await admin.end();
    await server.stop();
    rmSync(server.directory, { recursive: true, force: true });
  }
}
