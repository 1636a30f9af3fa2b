import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client, escapeIdentifier, type ClientConfig } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withPostgres } from "@/server/testing/postgres";
import { lintWithin, type LintReport } from "./lint";
import { named } from "./quote";
import { rules } from "./rules";
import type { LintOptions } from "./scope";

const server = withPostgres();
const folder = import.meta.dirname;

/** What the names in a fixture stand for. */
interface Names {
  database: string;
  owner: string;
  app: string;
  schema: string;
  students: string;
  schools: string;
  grades: string;
  tenant: string;
}

const usual: Names = {
  database: "lint_usual",
  owner: "usual_owner",
  app: "usual_app",
  schema: "school",
  students: "students",
  schools: "schools",
  grades: "grades",
  tenant: "tenant_id",
};
const hostile: Names = {
  database: `Lint "x"; drop`,
  owner: `Owner "o"; drop role postgres; --`,
  app: `App 'a'; "select" $1`,
  schema: `My.School "s"; drop`,
  students: `Students "x"; drop`,
  schools: `Schools USING btree ("x")`,
  grades: `Grades\\' ; $$`,
  tenant: `Tenant "id"; --`,
};

/** Puts names into a statement, or into the object of a finding, where only some are quoted. */
function fill(text: string, names: Names, quote: (...parts: string[]) => string): string {
  const inSchema = new Set(["students", "schools", "grades"]);
  return text.replaceAll(/\{(\w+)(?::o)?\}/g, (_, key: keyof Names) =>
    inSchema.has(key) ? quote(names.schema, names[key]) : quote(names[key]),
  );
}

const own = "{tenant} = (select app.tenant())";
const setting = "nullif((select current_setting('app.t', true)), '')";

/** Conditions of a restrictive policy, and what is to be said of each. */
const policyTexts: [string, string][] = [
  [own, "nothing"],
  [`{tenant} = ${setting}::uuid`, "nothing"],
  [`${own} and (lower(email) is null or email <> '')`, "nothing"],
  [`(email::varchar is null or email <> '') and ${own}`, "nothing"],
  [`coalesce(lower(email), '') <> 'x' and ${own}`, "nothing"],
  [`${own} and email = 'a or b'`, "nothing"],
  [`(select app.tenant()) is null or ${own}`, "policy-fail-open"],
  [`${own} or (select app.tenant()) is null`, "policy-fail-open"],
  [`${setting} is null or ${own}`, "policy-fail-open"],
  [`${setting}::uuid is null or ${own}`, "policy-fail-open"],
  [`${own} or ${setting}::uuid is null`, "policy-fail-open"],
  [`(select current_setting('app.t', true)) = '' or ${own}`, "policy-fail-open"],
  [`{tenant} = coalesce((select app.tenant()), {tenant})`, "policy-fail-open"],
  [`{tenant} = coalesce(${setting}::uuid, {tenant})`, "policy-fail-open"],
  [`{tenant} is null or ${own}`, "policy-fail-open"],
  [`${own} or {tenant} is null`, "policy-fail-open"],
  [`(select current_setting('app.admin', true)) = 'yes' or ${own}`, "policy-bypass-switch"],
  [`${own} or (select current_setting('app.admin', true))::boolean`, "policy-bypass-switch"],
  [`{tenant}::text = (select current_setting('app.t', true))`, "nothing"],
  [`${setting}::uuid = {tenant}`, "nothing"],
  [`{tenant} is not distinct from (select app.tenant())`, "nothing"],
  [`{tenant} in (select s.{tenant} from {schools} s)`, "nothing"],
  [`{tenant} = (select s.{tenant} from {schools} s limit 1)`, "nothing"],
  [`exists (select from {schools} s where s.{tenant} = {students}.{tenant})`, "nothing"],
  [`${own} or ({tenant} = '00000000-0000-4000-8000-000000000001' and email is null)`, "nothing"],
  ["{tenant} is not null", "policy-not-compared"],
  ["{tenant} = {tenant}", "policy-not-compared"],
  ["{tenant} <> (select app.tenant())", "policy-not-compared"],
  [`not (${own})`, "policy-not-compared"],
  [`${own} or email is not null`, "policy-not-compared"],
  [`(${own} or email is not null) and email <> 'x and y'`, "policy-not-compared"],
  [`case when email = 'x' then true else ${own} end`, "policy-not-compared"],
];

const forSql = (...parts: string[]) => parts.map((part) => escapeIdentifier(part)).join(".");

function readFixture(id: string) {
  const text = readFileSync(join(folder, "rules", `${id}.fixture.sql`), "utf8");
  const found = /^-- object: (.+)\n-- breaks\n([^]+)\n-- holds\n([^]+)$/.exec(text);
  if (!found) throw new Error(`The fixture of ${id} has no object, breaks and holds.`);
  return { object: found[1] ?? "", breaks: found[2] ?? "", holds: found[3] ?? "" };
}

/** To plan a query of the catalogs takes longer than to run it: here that is done once, and not for each fixture. */
function planningOnce(config: ClientConfig): Client {
  const client = new Client({ ...config, options: "-c plan_cache_mode=force_generic_plan" });
  const query = client.query.bind(client);
  return Object.assign(client, {
    query: (text: string, values?: unknown[]) =>
      values ? query({ name: hash("md5", text), text, values }) : query(text),
  });
}

const shortly = (report: LintReport) => report.findings.map(({ rule, object }) => `${rule}: ${object}`);

for (const [kind, names] of Object.entries({ usual, hostile })) {
  describe(`with ${kind} names`, () => {
    const options: LintOptions = { tenantColumn: names.tenant, reference: [names.grades] };
    let client: Client;

    beforeAll(async () => {
      await server.ask(`create database ${escapeIdentifier(names.database)}`);
      const url = new URL(server.adminUrl().reveal());
      client = planningOnce({
        host: "127.0.0.1",
        port: server.port(),
        user: url.username,
        password: url.password,
        database: names.database,
      });
      await client.connect();
      const pool = readFileSync(join(folder, "fixtures/pool.sql"), "utf8");
      await client.query(fill(pool, names, forSql));
      await client.query(`insert into ${forSql(names.schema, names.schools)} values
        ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000001', 'North')`);
      await client.query(`insert into ${forSql(names.schema, names.students)} values
        ('00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-000000000001', null, 'a@example.com')`);
    });
    afterAll(() => client.end());

    /** Runs in a transaction that leaves nothing. */
    async function inScratch<Result>(work: () => Promise<Result>): Promise<Result> {
      await client.query("begin");
      try {
        return await work();
      } finally {
        await client.query("rollback");
      }
    }
    const run = () => lintWithin(client, options);

    test("a clean pool has no finding, and every rule ran", async () => {
      const report = await inScratch(run);
      expect(shortly(report)).toEqual([]);
      expect(report).toMatchObject({ unseen: [], checks: rules.length, tables: 4, appRoles: [names.app] });
    });

    test.each(rules.map(({ id }) => id))("%s finds its own, and its statement mends it", async (id) => {
      const fixture = readFixture(id);
      await inScratch(async () => {
        await client.query(fill(fixture.breaks, names, forSql));
        const broken = await run();
        expect(shortly(broken)).toEqual([`${id}: ${fill(fixture.object, names, named)}`]);
        await client.query(broken.findings[0]?.mend ?? "");
        expect(shortly(await run())).toEqual([]);
      });
    });

    test.each(policyTexts)("a policy that says %s is %s", async (text, expected) => {
      await inScratch(async () => {
        await client.query(fill(`alter policy fence on {students} using (${text})`, names, forSql));
        const found = (await run()).findings.map(({ rule }) => rule);
        expect(found).toEqual(expected === "nothing" ? [] : [expected]);
      });
    });

    test.each(rules.map(({ id }) => id))("%s does not find what only looks like it", async (id) => {
      const { holds } = readFixture(id);
      await inScratch(async () => {
        await client.query(fill(holds, names, forSql));
        const report = await run();
        expect(shortly(report).filter((line) => line.startsWith(`${id}: `))).toEqual([]);
        expect(report.checks).toBe(rules.length);
      });
    });
  });
}

test("no two rules have the same id, and all say what and why", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { id, title, why } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect([title.length > 15, why.length > 40, why.endsWith(".")]).toEqual([true, true, true]);
  }
});
