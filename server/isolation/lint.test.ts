import type { Client } from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { withPostgres } from "@/server/testing/postgres";
import { lint, lintWithin } from "./lint";
import { rules } from "./rules";

vi.setConfig({ testTimeout: 180_000 });

const server = withPostgres();

beforeAll(async () => {
  await server.ask("create role shop_owner nologin");
  await server.ask("create role shop_app login password 'pw'");
  await server.ask("create role onlooker login password 'pw'");
});

// As a team makes it that has heard of row level security, and no more.
const stranger = `
create schema shop authorization shop_owner;
set role shop_owner;
create table shop.customers (id bigint generated always as identity primary key, tenant_id bigint, email text unique);
create table shop.orders (
  id bigint generated always as identity primary key, tenant_id bigint not null,
  customer_id bigint references shop.customers (id) on delete cascade, at timestamptz not null default now()
);
create index on shop.orders (at);
create table shop.countries (code text primary key);
create view shop.recent as select * from shop.orders where at > now() - interval '1 day';
alter table shop.customers enable row level security;
create policy own on shop.customers using (tenant_id = current_setting('app.tenant_id')::bigint);
grant usage on schema shop to shop_app;
grant all on all tables in schema shop to shop_app;
reset role;`;

test("the statements, run in their order, close a stranger's database one after another", async () => {
  await server.ask("create database stranger");
  const client = await server.connect("stranger");
  await client.query(stranger);
  const options = { currentTenant: "(select nullif(current_setting('app.tenant_id', true), '')::bigint)" };
  const first = await lint(client, options);
  expect(first.appRoles).toEqual(["shop_app"]);
  expect(first.unseen).toEqual([]);
  const found = new Set(first.findings.map(({ rule }) => rule));
  for (const rule of [
    "rls-disabled",
    "rls-not-forced",
    "no-restrictive-guard",
    "policy-bare-cast",
    "tenant-nullable",
    "table-without-tenant",
    "key-without-tenant",
    "foreign-key-without-tenant",
    "index-not-led",
    "view-not-invoker",
    "dangerous-grant",
    "tenant-column-writable",
    "database-public",
  ])
    expect(found, rule).toContain(rule);
  let report = first;
  let rounds = 0;
  while (report.findings.length > 0 && rounds < 6) {
    rounds += 1;
    // Foreign keys come before the keys that they stand on, as they do in a report.
    for (const { mend } of report.findings) await client.query(mend);
    report = await lint(client, options);
  }
  expect(report.findings).toEqual([]);
  expect(rounds).toBeLessThan(4);
});

test("two thousand tables take seconds, and each of them is seen", async () => {
  await server.ask("create database crowd");
  const client = await server.connect("crowd");
  await client.query(`do $$ begin for n in 1..2000 loop
    execute format('create table t%s (tenant_id uuid not null, id int, primary key (tenant_id, id))', n);
    execute format('alter table t%s enable row level security', n);
    execute format('create policy p on t%s using (tenant_id = (select current_setting(''a.b'', true)::uuid))', n);
    execute format('grant select on t%s to shop_app', n);
  end loop; end $$`);
  const start = performance.now();
  const report = await lint(client);
  expect(performance.now() - start).toBeLessThan(60_000);
  expect(report).toMatchObject({ tables: 2000, checks: rules.length });
  expect(report.findings.filter(({ rule }) => rule === "rls-not-forced")).toHaveLength(500);
  expect(report.unseen).toContain("rls-not-forced found more than 500; only the first ones are listed.");
});

test("a role without rights says what it could not see, and sees the rest", async () => {
  await server.ask("create database plain");
  await server.ask("create table t (tenant_id uuid, id int); grant select on t to shop_app", "plain");
  const report = await lint(await server.connect("plain", "onlooker"));
  expect(report.unseen).toEqual([expect.stringMatching(/^user-mapping could not run: permission denied/)]);
  expect(report).toMatchObject({ checks: rules.length - 1, skipped: ["user-mapping"] });
  expect(report.findings.map(({ rule }) => rule)).toContain("rls-disabled");
});

test("a database without tenants, or without an application, says so", async () => {
  await server.ask("create database empty");
  const client = await server.connect("empty");
  const { unseen } = await lint(client, { tenantColumn: "org_id" });
  expect(unseen).toEqual([
    "No table has a column named org_id: name yours if it differs.",
    "No role but the owners has privileges on tenants' tables: name those that you connect as.",
  ]);
  await expect(lint(client, { appRoles: ["shop_app", "nobody", `o"x`] })).rejects.toMatchObject({
    code: "invalid",
    message: `There is no role nobody, o"x.`,
  });
});

test("nothing that a database or a session brings along changes what is found", async () => {
  await server.ask("create database trap");
  const client = await server.connect("trap");
  await client.query("create table t (tenant_id uuid not null, id int); grant select on t to shop_app");
  const expected = await lint(client);
  await client.query(`
    create schema evil; create table evil.pg_class (oid oid); create view evil.pg_policy as select 1 as polrelid;
    create function evil.quote_ident(text) returns text language sql as 'select ''x''';
    create function evil.position(text, text) returns int language sql as 'select 1/0';
    create function evil.equal(name, text) returns boolean language sql as 'select 1/0 = 1';
    create operator evil.= (leftarg = name, rightarg = text, function = evil.equal);
    create temp table pg_class (oid oid); create temp table pg_namespace (oid oid);
    set search_path = evil, pg_temp, pg_catalog; set quote_all_identifiers = on; set standard_conforming_strings = off`);
  const trapped = await lint(client);
  // The schema of the trap is open to its owner only.
  expect(trapped.findings).toEqual(expected.findings);
  const { rows } = await client.query("show search_path");
  expect(rows).toEqual([{ search_path: "evil, pg_temp, pg_catalog" }]);
});

test("it changes nothing, and leaves an open transaction as it was", async () => {
  await server.ask("create database open");
  const client = await server.connect("open");
  await client.query("begin; create table t (tenant_id uuid, id int); set local statement_timeout = '77s'");
  const { findings } = await lintWithin(client, { appRoles: ["shop_app"] });
  expect(findings.map(({ rule }) => rule)).toContain("rls-disabled");
  expect((await client.query("show statement_timeout")).rows).toEqual([{ statement_timeout: "77s" }]);
  await client.query("insert into t values (null, 1); commit");
  expect((await client.query("select id from t")).rows).toEqual([{ id: 1 }]);
});

test("its queries cannot write", async () => {
  const client = await server.connect("postgres");
  const isReadOnly: unknown[] = [];
  const watched = new Proxy(client, {
    get(target, key) {
      if (key !== "query") return Reflect.get(target, key);
      return async (...args: Parameters<Client["query"]>) => {
        if (String(args[0]).startsWith("with given"))
          isReadOnly.push((await target.query("show transaction_read_only")).rows[0]?.transaction_read_only);
        return target.query(...args);
      };
    },
  });
  await lint(watched);
  expect(isReadOnly).toEqual(rules.map(() => "on"));
});
