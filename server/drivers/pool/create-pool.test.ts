import { expect, onTestFinished, test } from "vitest";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { withPostgres } from "@/server/testing/postgres";
import { createPoolDriver } from "./driver";
import { poolNameFor } from "./names";
import { mintPoolSecrets } from "./secrets";

const postgres = withPostgres();

test("a login that is no superuser any more is told so, in sessions of before and after, until it is one again", async () => {
  await postgres.ask("CREATE ROLE once SUPERUSER LOGIN PASSWORD 'once'");
  const adminUrl = new URL(postgres.adminUrl().reveal());
  adminUrl.username = "once";
  adminUrl.password = "once";
  const databaseName = poolNameFor(newId());
  const secrets = mintPoolSecrets();
  const options = { publicUrl: postgres.publicUrl(), databaseName, secrets };
  const open = () => {
    const driver = createPoolDriver({ ...options, adminUrl: new Secret(adminUrl.href) });
    onTestFinished(() => driver.close());
    return driver;
  };
  const before = open();
  await before.createPool();
  await postgres.ask("ALTER ROLE once NOSUPERUSER");
  const told = { code: "precondition", message: expect.stringContaining("needs a superuser") };
  await expect(before.createPool()).rejects.toMatchObject(told);
  await expect(open().createPool()).rejects.toMatchObject(told);
  await postgres.ask("GRANT CONNECT ON DATABASE postgres TO once");
  const after = open();
  await expect(after.createPool()).rejects.toMatchObject(told);
  await postgres.ask("ALTER ROLE once SUPERUSER");
  await after.createPool();
  await before.dropPool();
});
