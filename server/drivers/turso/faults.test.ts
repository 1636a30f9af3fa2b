import { expect, test } from "vitest";
import type { DatabaseIdentity, TenantDriver } from "@/server/drivers/driver";
import { listAll, newIdentity } from "@/server/drivers/driver.contract";
import { isDomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { openTurso } from "@/server/testing/turso/double";
import { faultKinds } from "@/server/testing/turso/faults";

interface Effect {
  /** What has to be there before. */
  before(driver: TenantDriver, identity: DatabaseIdentity): Promise<unknown>;
  run(driver: TenantDriver, identity: DatabaseIdentity): Promise<unknown>;
  /** What has to hold once it went well. */
  holds(driver: TenantDriver, identity: DatabaseIdentity): Promise<unknown>;
}

const credentialId = newId();
const login = { credentialId, audience: "direct" as const, scope: "readwrite" as const, expiresAt: null };
const create = (driver: TenantDriver, identity: DatabaseIdentity) => driver.createDatabase(identity);

async function isWhole(driver: TenantDriver, identity: DatabaseIdentity): Promise<void> {
  const facts = await driver.inspectDatabase(identity);
  expect(facts.stamp.tenant).toBe(identity.tenant);
  expect(facts.tables.map(({ name, rows }) => [name, rows])).toEqual([
    ["sys_migration", facts.schemaVersion],
    ["sys_package_installation", 0],
    ["sys_stamp", 1],
  ]);
}

const effects: Record<string, Effect> = {
  creating: { before: async () => {}, run: create, holds: isWhole },
  minting: {
    before: create,
    run: (driver, identity) => driver.mintSecret(identity, login),
    async holds(driver, identity) {
      const secret = await driver.mintSecret(identity, login);
      await driver.verifyLogin(identity, { ...login, secret });
    },
  },
  dropping: {
    before: create,
    run: (driver, identity) => driver.dropDatabase(identity),
    async holds(driver, identity) {
      await expect(driver.verifyDatabase(identity)).rejects.toMatchObject({
        message: "The database is missing.",
      });
    },
  },
  "ending logins": {
    before: create,
    run: (driver, identity) => driver.revokeLogin(identity, credentialId),
    holds: isWhole,
  },
  suspending: {
    before: create,
    run: (driver, identity) => driver.suspendDatabase(identity),
    async holds(driver, identity) {
      await expect(driver.verifyDatabase(identity)).rejects.toThrow("suspended");
      await driver.resumeDatabase(identity);
      await isWhole(driver, identity);
    },
  },
};

async function world() {
  const turso = await openTurso();
  // Long for an answer that comes, and short for one that does not.
  const hasty = turso.driver({ patience: { requestMs: 400, settleMs: 3_000, slowDownMs: 1_000 } });
  return { ...turso, hasty, steady: turso.driver() };
}

for (const [what, { before, run, holds }] of Object.entries(effects))
  test.each(faultKinds)(
    `${what} with the fault «%s» at any request goes well, or does when it is done again`,
    async (kind) => {
      const { faults, hasty, steady } = await world();
      for (let index = 0, wasMet = true; wasMet; index++) {
        const identity = newIdentity();
        await before(steady, identity);
        faults.at(index, kind);
        const failure = await run(hasty, identity).then(
          () => null,
          (error: unknown) => error,
        );
        wasMet = faults.disarm();
        // A DomainError would end the operation instead of trying again.
        expect(isDomainError(failure), `request ${index}: ${String(failure)}`).toBe(false);
        if (failure !== null) await run(steady, identity);
        await holds(steady, identity);
        await steady.dropDatabase(identity);
        expect(index).toBeLessThan(40);
      }
      expect(await listAll(steady)).toEqual([]);
    },
    120_000,
  );

test.each(["creating", "dropping"])("%s goes well however late Turso's hosts hear of it", async (what) => {
  const { cloud, steady } = await world();
  const { before, run, holds } = effects[what]!;
  const identity = newIdentity();
  cloud.lag = { api: 3, data: 4 };
  await before(steady, identity);
  await expect(run(steady, identity).then(() => holds(steady, identity))).resolves.toBeUndefined();
});

test("a creation that never shows fails in a way that is tried again", async () => {
  const turso = await openTurso();
  turso.cloud.lag.data = 1_000;
  const driver = turso.driver({ patience: { requestMs: 1_000, settleMs: 300, slowDownMs: 100 } });
  const failure: unknown = await driver.createDatabase(newIdentity()).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(isDomainError(failure)).toBe(false);
});
