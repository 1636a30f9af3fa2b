import type { ClientBase } from "pg";
import { DomainError } from "@/server/kernel/errors";

export interface LintOptions {
  /** The column that says whose a row is. */
  tenantColumn?: string;
  /** The roles that the application connects as; left out: whoever has privileges on tenants' tables. */
  appRoles?: string[];
  /** Tables that belong to no tenant and that all may read, as `table` or `schema.table`. */
  reference?: string[];
  /** Schemas of the platform that tells tenants apart: their tables are not judged. */
  ownSchemas?: string[];
  /** Roles of that platform, which are not the application. */
  ownRoles?: string[];
  /** The SQL expression for the tenant of a connection, for the statements that mend. */
  currentTenant?: string;
}

/** What a run looks at. */
export interface Scope {
  tenantColumn: string;
  appRoles: string[];
  tables: number;
  /** The version of the server, as a number. */
  version: number;
  /** What a policy compares the column with, for a column of this type. */
  currentTenant(type: string): string;
  /** What the prelude's placeholders stand for. */
  parameters: [string[], string[], string, string[], string[]];
}

const tablesQuery = `
select c.oid::text, n.nspname::text as schema, c.relname::text as name, exists (
  select from pg_catalog.pg_attribute a
  where a.attrelid = c.oid and a.attname = $1::text and a.attnum > 0 and not a.attisdropped
) as is_tenant
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and c.relpersistence <> 't'
  and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and n.nspname::text <> all ($2::text[])
  and not exists (select from pg_catalog.pg_depend d where d.classid = 'pg_catalog.pg_class'::regclass
    and d.objid = c.oid and d.deptype = 'e')`;

const seedsQuery = `
with given as (
  select x.grantee as oid from pg_catalog.pg_class c cross join lateral pg_catalog.aclexplode(c.relacl) x
  where c.oid = any($1::oid[]) and x.grantee <> c.relowner and x.grantee <> 0
), member as (
  with recursive below (oid) as (
    select oid from given
    union
    select m.member from below join pg_catalog.pg_auth_members m on m.roleid = below.oid
  )
  select r.oid from below join pg_catalog.pg_roles r using (oid)
  where r.oid in (select oid from given) or (r.rolcanlogin and not r.rolsuper)
)
select r.oid::text, r.rolname::text as name from pg_catalog.pg_roles r
where r.oid in (select oid from member) and r.rolname !~ '^pg_' and r.rolname::text <> all ($2::text[])`;

const groupsQuery = `
with recursive above (oid) as (
  select unnest($1::oid[])
  union
  select m.roleid from above join pg_catalog.pg_auth_members m on m.member = above.oid
)
select r.oid::text, r.rolname::text as name from above join pg_catalog.pg_roles r using (oid)
where r.oid = any($1::oid[]) or not (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolreplication or r.rolname ~ '^pg_'
  or r.oid in (select relowner from pg_catalog.pg_class where oid = any($2::oid[])))`;

interface RoleRow {
  oid: string;
  name: string;
}

/** Reads which tables are tenants' and who the application is. */
export async function readScope(client: ClientBase, options: LintOptions): Promise<Scope> {
  const tenantColumn = options.tenantColumn ?? "tenant_id";
  const { rows } = await client.query<RoleRow & { schema: string; is_tenant: boolean }>(tablesQuery, [
    tenantColumn,
    options.ownSchemas ?? [],
  ]);
  const wanted = new Set(options.reference);
  const isReference = (row: { schema: string; name: string }) =>
    wanted.has(row.name) || wanted.has(`${row.schema}.${row.name}`);
  const oids = (some: typeof rows) => some.map(({ oid }) => oid);
  const tenant = oids(rows.filter((row) => row.is_tenant));
  const others = rows.filter((row) => !row.is_tenant);
  const seeds = options.appRoles?.length
    ? await getRoles(client, options.appRoles)
    : (await client.query<RoleRow>(seedsQuery, [tenant, options.ownRoles ?? []])).rows;
  const roles = (await client.query<RoleRow>(groupsQuery, [seeds.map(({ oid }) => oid), tenant])).rows;
  const [server] = (
    await client.query<{ version: number; has_function: boolean }>(
      "select current_setting('server_version_num')::int as version, to_regprocedure('app.tenant()') is not null as has_function",
    )
  ).rows;
  const expression = options.currentTenant ?? (server?.has_function ? "(select app.tenant())" : undefined);
  return {
    tenantColumn,
    appRoles: roles.map(({ name }) => name).toSorted(),
    tables: tenant.length,
    version: server?.version ?? 0,
    currentTenant: (type) =>
      expression ?? `(select nullif(current_setting('app.current_tenant', true), '')::${type})`,
    parameters: [
      tenant,
      roles.map(({ oid }) => oid),
      tenantColumn,
      oids(others.filter((row) => !isReference(row))),
      oids(others.filter(isReference)),
    ],
  };
}

async function getRoles(client: ClientBase, names: string[]): Promise<RoleRow[]> {
  const { rows } = await client.query<RoleRow>(
    "select r.oid::text, r.rolname::text as name from pg_catalog.pg_roles r where r.rolname::text = any($1::text[])",
    [names],
  );
  const missing = names.filter((name) => !rows.some((row) => row.name === name));
  if (missing.length > 0) throw new DomainError("invalid", `There is no role ${missing.join(", ")}.`);
  return rows;
}
