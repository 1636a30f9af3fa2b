import { Client } from "pg";
import { expect, onTestFinished, test } from "vitest";
import { findUnsafe } from "@/server/packages/tenant-safe/check";
import { findLoose } from "@/server/packages/tenant-safe/check-fence";
import { releaseOf, withPool } from "@/server/testing/pools/pool";
import { withPostgres } from "@/server/testing/postgres";
import { drifts } from "@/server/testing/pools/drift.data";
import { reference, school } from "@/server/testing/pools/school.data";

const postgres = withPostgres();
const shared = withPool(postgres, releaseOf(school, { reference }));

test.each(drifts)("a check finds $rule after: $sql", async ({ rule, sql }) => {
  const { driver, databaseName, roles } = shared();
  expect(await driver.findUnsafe()).toEqual([]);
  const url = new URL(postgres.adminUrl().reveal());
  url.pathname = databaseName;
  const client = new Client({ connectionString: url.href, ssl: false });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query("BEGIN");
  await client.query(sql.replaceAll("$", databaseName.slice(5)));
  await client.query("SET LOCAL search_path = pg_catalog");
  const declared = { roles, reference: new Set(reference.map((table) => `school.${table}`)) };
  const find = async () => [...(await findUnsafe(client, declared)), ...(await findLoose(client))];
  const found = await find();
  expect(found.map((finding) => finding.rule)).toContain(rule);
  const [{ mend } = { mend: "" }] = found.filter((finding) => finding.rule === rule);
  if (mend === "") return;
  await client.query(mend);
  expect((await find()).filter((finding) => finding.rule === rule)).toEqual([]);
});
