// oxlint-disable freehold/bare-transaction -- A client's transaction is what an installation waits for.
import { createClient, type Client } from "@libsql/client/web";
import { expect, onTestFinished, test } from "vitest";
import { items, migration, parts, release } from "@/server/drivers/packages.contract";
import { useDataWorld } from "@/server/testing/data-world";

const world = useDataWorld();

async function served() {
  const here = await world();
  const { identity, url, token } = await here.create();
  const client = createClient({ url, authToken: token });
  onTestFinished(() => client.close());
  return { driver: here.driver, identity, client };
}

const count = async (client: Client, table: string) =>
  (await client.execute(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.["n"];

test("clients whose connections are open see the new tables at once", async () => {
  const { driver, identity, client } = await served();
  expect(await count(client, "sqlite_schema")).toBeGreaterThan(0);
  await driver.installPackage(identity, release("1.0.0", [items, parts]));
  expect(await count(client, "items")).toBe(1);
  await client.execute("INSERT INTO items (id) VALUES ('second')");
  const more = migration("0003_more", ["ALTER TABLE items ADD COLUMN more text"]);
  await driver.installPackage(identity, release("1.1.0", [items, parts, more]));
  expect((await client.execute("SELECT * FROM items")).columns).toEqual(["id", "more"]);
});

test("an installation waits for a client's open transaction, and neither loses anything", async () => {
  const { driver, identity, client } = await served();
  await client.execute("CREATE TABLE own (id integer primary key)");
  const transaction = await client.transaction("write");
  await transaction.execute("INSERT INTO own (id) VALUES (1)");
  const installing = driver.installPackage(identity, release("1.0.0", [items, parts]));
  await transaction.execute("INSERT INTO own (id) VALUES (2)");
  expect(await driver.listInstallations(identity)).toEqual([]);
  await transaction.commit();
  await installing;
  expect(await count(client, "own")).toBe(2);
  expect(await driver.listInstallations(identity)).toMatchObject([{ status: "installed" }]);
});

test("a client writes and reads all the while", async () => {
  const { driver, identity, client } = await served();
  await client.execute("CREATE TABLE own (id integer primary key)");
  const installing = driver.installPackage(identity, release("1.0.0", [items, parts]));
  for (let id = 1; id <= 20; id++) await client.execute(`INSERT INTO own (id) VALUES (${id})`);
  await installing;
  expect(await count(client, "own")).toBe(20);
  expect(await count(client, "items")).toBe(1);
});
