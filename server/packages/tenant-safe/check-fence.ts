import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ClientBase } from "pg";
import type { Finding } from "./check";

/** A condition on `pg_proc p`: what of Postgres itself nobody has in a pool. */
export const closedFunctions = readFileSync(resolve("drizzle/pool/closed.sql"), "utf8").trim();

const fence = "(SELECT nspowner FROM pg_namespace WHERE nspname = 'app')";
const who = "CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(g.grantee::regrole::text) END";

const rules: { rule: string; message: string; sql: string }[] = [
  {
    rule: "keys",
    message: "Somebody may read or change what contexts are checked with.",
    sql: `SELECT format('%I.%I', n.nspname, c.relname) AS object, format('REVOKE ALL ON %I.%I FROM %s', n.nspname, c.relname,
        string_agg(DISTINCT ${who}, ', ')) AS mend
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL (
        SELECT grantee FROM aclexplode(c.relacl) UNION
        SELECT e.grantee FROM pg_attribute t CROSS JOIN LATERAL aclexplode(t.attacl) e WHERE t.attrelid = c.oid) g
      WHERE n.nspname = 'app' AND c.relkind IN ('r', 'p', 'v', 'm') AND g.grantee <> c.relowner
        AND NOT (c.relname IN ('tenant', 'migration', 'package') AND g.grantee <> 0 AND g.grantee::regrole::text ~ '_installer$')
      GROUP BY n.nspname, c.relname`,
  },
  {
    rule: "fence-members",
    message: "Somebody may act as the owner of the keys.",
    sql: `SELECT format('%s → %s', m.rolname, f.rolname) AS object, format('REVOKE %I FROM %I', f.rolname, m.rolname) AS mend
      FROM pg_auth_members a JOIN pg_roles f ON f.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
      WHERE a.roleid = ${fence} AND NOT m.rolsuper`,
  },
  {
    rule: "fence-functions",
    message: "The function that says whose rows a session sees is not the one that Freehold made.",
    sql: `SELECT wanted.name AS object FROM unnest('{app.tenant(),app.writing_tenant()}'::text[]) AS wanted (name)
      LEFT JOIN pg_proc p ON p.oid = to_regprocedure(wanted.name)
      WHERE NOT coalesce(p.prosecdef AND p.proowner = ${fence} AND p.provolatile = 's'
        AND p.proconfig::text LIKE '%search_path=pg_catalog, pg_temp%'
        AND p.prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql'), false)`,
  },
  {
    rule: "fence-grants",
    message: "Somebody may sign contexts or call what is for the fence alone.",
    sql: `SELECT p.oid::regprocedure::text AS object,
        format('REVOKE EXECUTE ON FUNCTION %s FROM %s', p.oid::regprocedure, string_agg(DISTINCT ${who}, ', ')) AS mend
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
      WHERE n.nspname = 'app' AND g.grantee NOT IN (p.proowner, ${fence}) AND p.proname NOT IN ('tenant', 'writing_tenant')
      GROUP BY p.oid`,
  },
  {
    rule: "closed-functions",
    message: "Everybody may see or end what others run, or change the session that they get.",
    sql: `SELECT 'pg_catalog' AS object, string_agg(format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', p.oid::regprocedure), E';\\n') AS mend
      FROM pg_proc p CROSS JOIN LATERAL aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g
      WHERE g.grantee = 0 AND ${closedFunctions} HAVING count(*) > 0`,
  },
  {
    rule: "closed-code",
    message: "Everybody may run blocks of code.",
    sql: `SELECT l.lanname AS object, format(E'GRANT USAGE ON LANGUAGE %I TO %I;\\nREVOKE USAGE ON LANGUAGE %1$I FROM PUBLIC',
        l.lanname, regexp_replace(${fence}::regrole::text, '_fence$', '_owner')) AS mend
      FROM pg_language l CROSS JOIN LATERAL aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) g
      WHERE l.lanname NOT IN ('sql', 'internal', 'c') AND g.grantee = 0`,
  },
  {
    rule: "closed-settings",
    message: "Everybody may change settings through a view.",
    sql: `SELECT 'pg_catalog.pg_settings' AS object, 'REVOKE UPDATE ON pg_catalog.pg_settings FROM PUBLIC' AS mend
      FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g
      WHERE c.oid = 'pg_catalog.pg_settings'::regclass AND g.grantee = 0 AND g.privilege_type = 'UPDATE'`,
  },
];

/** Everything about the fence itself, and about what nobody has in a pool, that is not as it must be. */
export async function findLoose(client: ClientBase): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { rule, message, sql } of rules) {
    const { rows } = await client.query<{ object: string; mend?: string }>(sql);
    found.push(...rows.map(({ object, mend = "" }) => ({ rule, object, message, mend })));
  }
  return found;
}
