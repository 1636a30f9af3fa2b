import type { ClientBase } from "pg";
import { canLead, readIndexes } from "./indexes";
import { readConstraints } from "./keys";
import { isTable, packageSchema, readRelations, tenantTables, type Declared } from "./relations";

/** A place where one tenant could meet another. */
export interface Finding {
  rule: string;
  /** The table, view, function or role. */
  object: string;
  message: string;
  /** The statements that mend it; empty where nobody can say which. */
  mend: string;
}

interface CheckRule {
  rule: string;
  message: string;
  /** Gives `object`, and `mend` where there is one. */
  sql: string;
}

const fence = "(tenant_id = ( SELECT app.tenant() AS tenant))";
const check = "(tenant_id = ( SELECT app.writing_tenant() AS writing_tenant))";
const tables = `FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${packageSchema} AND c.relkind IN ('r', 'p')`;
const tenants = `${tables} AND NOT c.oid = ANY($1::oid[])`;
const path = "format('%I.%I', n.nspname, c.relname) AS object";

/** $1: reference tables; $2: the owner, $3: the readers' group, $4: the writers'. */
const rules: CheckRule[] = [
  {
    rule: "row-security",
    message: "Row level security is not enabled and forced.",
    sql: `SELECT ${path} ${tenants} AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
  },
  {
    rule: "policies",
    message: "Its policies are not the two of the template.",
    sql: `SELECT ${path}, concat_ws(E';\\n', (SELECT string_agg(format('DROP POLICY %I ON %I.%I', p.polname, n.nspname, c.relname), E';\\n')
        FROM pg_policy p WHERE p.polrelid = c.oid),
        format('CREATE POLICY tenant_base ON %I.%I USING (true) WITH CHECK (true)', n.nspname, c.relname),
        format('CREATE POLICY tenant_fence ON %I.%I AS RESTRICTIVE USING (tenant_id = (SELECT app.tenant())) WITH CHECK (tenant_id = (SELECT app.writing_tenant()))',
          n.nspname, c.relname)) AS mend ${tenants} AND (
      (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) <> 2
      OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_base'
        AND p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}'
        AND pg_get_expr(p.polqual, c.oid) = 'true' AND pg_get_expr(p.polwithcheck, c.oid) = 'true')
      OR NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_fence'
        AND NOT p.polpermissive AND p.polcmd = '*' AND p.polroles = '{0}'
        AND pg_get_expr(p.polqual, c.oid) = '${fence}' AND pg_get_expr(p.polwithcheck, c.oid) = '${check}'))`,
  },
  {
    rule: "tenant-column",
    message: "It has no column tenant_id of its own making.",
    sql: `SELECT ${path} ${tenants} AND NOT EXISTS (
      SELECT FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull AND a.atttypid = 'uuid'::regtype
        AND pg_get_expr(d.adbin, c.oid) = 'app.tenant()')`,
  },
  {
    rule: "grants",
    message: "Somebody may do more with it than read and write rows, or is a stranger.",
    sql: `SELECT DISTINCT ${path} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL aclexplode(c.relacl) g
      WHERE ${packageSchema} AND c.relkind IN ('r', 'p', 'v') AND g.grantee <> c.relowner AND (
        c.relispartition OR g.is_grantable
        OR NOT (g.grantee = $3::regrole AND g.privilege_type = 'SELECT' OR g.grantee = $4::regrole AND (
          g.privilege_type = 'SELECT' OR NOT c.oid = ANY($1::oid[]) AND (g.privilege_type IN ('INSERT', 'DELETE')
            OR c.relkind = 'v' AND g.privilege_type = 'UPDATE'))))`,
  },
  {
    rule: "column-grants",
    message: "Somebody may change the tenant of a row, or holds a column that is not for them.",
    sql: `SELECT DISTINCT ${path} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid CROSS JOIN LATERAL aclexplode(a.attacl) g
      WHERE ${packageSchema} AND (c.relispartition OR c.oid = ANY($1::oid[]) OR g.is_grantable
        OR g.grantee <> $4::regrole OR g.privilege_type <> 'UPDATE' OR a.attname = 'tenant_id')`,
  },
  {
    rule: "view",
    message: "The view reads as its owner and not as who asks.",
    sql: `SELECT ${path} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${packageSchema} AND c.relkind = 'v'
        AND NOT coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}'`,
  },
  {
    rule: "kind",
    message: "A relation of this kind cannot tell tenants apart.",
    sql: `SELECT ${path} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${packageSchema} AND (c.relkind IN ('m', 'f') OR c.relkind = 'r' AND c.relpersistence = 'u')`,
  },
  {
    rule: "owner",
    message: "It does not belong to the owner of packages.",
    sql: `SELECT ${path} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${packageSchema} AND c.relkind IN ('r', 'p', 'v', 'S') AND c.relowner <> $2::regrole`,
  },
  {
    rule: "reference-rows",
    message: "A reference table has policies or a tenant.",
    sql: `SELECT ${path} ${tables} AND c.oid = ANY($1::oid[]) AND (c.relrowsecurity
      OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
      OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped))`,
  },
  {
    rule: "definer",
    message: "The function acts as its owner and not as who calls it.",
    sql: `SELECT p.oid::regprocedure::text AS object FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${packageSchema} AND p.prosecdef`,
  },
  {
    rule: "leakproof",
    message: "The function claims to be leakproof, and sees rows before the policy does.",
    sql: `SELECT p.oid::regprocedure::text AS object FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname <> 'pg_catalog' AND p.proleakproof
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`,
  },
  {
    rule: "rewrite",
    message: "A rule rewrites statements before the policy sees them.",
    sql: `SELECT ${path} FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${packageSchema} AND r.rulename <> '_RETURN'`,
  },
  {
    rule: "inheritance",
    message: "It can be read through a table that it inherits from.",
    sql: `SELECT ${path} FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${packageSchema} AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  },
  {
    rule: "public",
    message: "Everybody may connect to the database or use it.",
    sql: `SELECT d.datname AS object FROM pg_database d CROSS JOIN LATERAL aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) g
      WHERE d.datname = current_database() AND g.grantee = 0`,
  },
  {
    rule: "default-grants",
    message: "Tables that are yet to come are open to somebody.",
    sql: `SELECT coalesce(defaclnamespace::regnamespace::text, current_database()) AS object
      FROM pg_default_acl CROSS JOIN LATERAL aclexplode(defaclacl) g
      WHERE defaclobjtype IN ('r', 'S', 'f') AND g.grantee <> defaclrole`,
  },
  {
    rule: "roles",
    message: "A login has the powers of a superuser, of the owner, or goes around policies.",
    sql: `SELECT r.rolname AS object FROM pg_roles r
      WHERE (pg_has_role(r.oid, $3::regrole, 'MEMBER') OR pg_has_role(r.oid, $4::regrole, 'MEMBER')) AND NOT r.rolsuper AND (r.rolbypassrls OR r.rolcreaterole
        OR r.rolcreatedb OR r.rolreplication OR pg_has_role(r.oid, $2::regrole, 'MEMBER'))`,
  },
  {
    rule: "publication",
    message: "A publication sends rows past the policies.",
    sql: "SELECT pubname AS object, format('DROP PUBLICATION %I', pubname) AS mend FROM pg_publication",
  },
];

/** Everything in a pool that is not as it must be; none when tenants are apart. */
export async function findUnsafe(client: ClientBase, declared: Declared): Promise<Finding[]> {
  const relations = await readRelations(client, declared);
  const reference = relations.filter((one) => one.isReference && isTable(one)).map(({ oid }) => oid);
  const { owner, reader, writer } = declared.roles;
  const found: Finding[] = [];
  for (const { rule, message, sql } of rules) {
    // A rule names the parameters that it needs; Postgres wants to know the types of all.
    const typed = `WITH given AS (SELECT $1::oid[], $2::text, $3::text, $4::text) ${sql}`;
    const { rows } = await client.query<{ object: string; mend?: string }>(typed, [
      reference,
      owner,
      reader,
      writer,
    ]);
    found.push(...rows.map(({ object, mend = "" }) => ({ rule, object, message, mend })));
  }
  // Loads a parser in WebAssembly, which nobody waits for who has no pool.
  const { findFunctions } = await import("./functions");
  for (const { object, message } of await findFunctions(client))
    found.push({ rule: "function", object, message, mend: "" });
  const fenced = tenantTables(relations);
  const nameOf = (oid: number) => fenced.find((table) => table.oid === oid)?.path ?? "";
  for (const { name, tableOid, isLed } of await readConstraints(client, relations))
    if (!isLed)
      found.push({
        rule: "key",
        object: nameOf(tableOid),
        message: `The tenant does not lead its constraint ${name}.`,
        mend: "",
      });
  for (const index of await readIndexes(client, relations))
    if (canLead(index) && index.keys[0] !== "tenant_id")
      found.push({
        rule: "index",
        object: nameOf(index.tableOid),
        message: `The tenant does not lead its index ${index.name}.`,
        mend: "",
      });
  return found;
}
