import { expect, test } from "vitest";
import { isDomainError } from "@/server/kernel/errors";
import { environmentId, newId } from "@/server/kernel/ids";
import type { DatabaseIdentity, TenantDriver } from "@/server/drivers/driver";
import { listAll } from "@/server/drivers/driver.contract";
import { testLogins } from "@/server/drivers/logins.contract";
import { useDataWorld, usualLimits, type DataWorld } from "@/server/testing/data-world";
import { connectLibsql } from "@/server/testing/libsql";
import { Secret } from "@/server/kernel/secret";
import { createSqliteDriver } from "./driver";

const world = useDataWorld();

/** Logins to files are what the registry says. Here a plain book says it, and is told what the registry would be. */
function registered({ tokens, inactive, changed }: DataWorld, driver: TenantDriver): TenantDriver {
  function forget(tenant: string, credentialId: string | null): void {
    for (const [token, access] of tokens) {
      const isMeant = credentialId === null || access.credentialId === credentialId;
      if (access.tenant === tenant && isMeant) tokens.delete(token);
    }
  }

  return {
    ...driver,
    async installLogin(identity, { secret, credentialId, scope, expiresAt }) {
      const access = { ...identity, credentialId, scope, expiresAt, limits: usualLimits };
      tokens.set(secret.reveal(), access);
    },
    async revokeLogin({ tenant }, credentialId) {
      forget(tenant, credentialId);
      changed(tenant);
    },
    async suspendDatabase({ tenant }) {
      inactive.add(tenant);
      changed(tenant);
    },
    async resumeDatabase({ tenant }) {
      inactive.delete(tenant);
      changed(tenant);
    },
    async dropDatabase(identity) {
      forget(identity.tenant, null);
      changed(identity.tenant);
      await driver.dropDatabase(identity);
    },
  };
}

testLogins("sqlite", {
  async make() {
    const here = await world();
    const dataUrl = `http://127.0.0.1:${here.server.port}`;
    const driver = createSqliteDriver({ directory: here.directory, dataUrl });
    for (const { tenant, databaseName } of await listAll(driver)) {
      const identity: DatabaseIdentity = { tenant: environmentId(tenant ?? ""), databaseName };
      await driver.dropDatabase(identity);
    }
    return registered(here, driver);
  },
  connect: connectLibsql,
  systemTable: "sys_migration",
});

test("a data server that is away has refused nothing, so a login is tried again later", async () => {
  const { directory } = await world();
  // Nothing listens at the port of TCP discard here.
  const driver = createSqliteDriver({ directory, dataUrl: "http://127.0.0.1:9" });
  const identity = { tenant: environmentId(newId()), databaseName: "d" };
  const login = {
    credentialId: newId(),
    audience: "direct" as const,
    scope: "readonly" as const,
    expiresAt: null,
    secret: new Secret("t"),
  };
  const refusal = await driver.verifyLogin(identity, login).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Error);
  expect(isDomainError(refusal)).toBe(false);
});
