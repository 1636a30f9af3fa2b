import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ClientBase } from "pg";
import { isTable, packageSchema, type Declared, type Relation, type SafeRoles } from "./relations";

const template = readFileSync(resolve("drizzle/pool/table.sql"), "utf8")
  .split(";\n")
  .map((statement) => statement.replaceAll(/^--.*\n/gm, "").trim())
  .filter((statement) => statement !== "");

/** Statements that close a table to all but its tenant, from the one template. */
export function fenceTables(relations: readonly Relation[]): string[] {
  return relations.filter(isTable).flatMap(({ path, isReference, isSecured, hasFence }) => {
    if (isReference)
      return isSecured ? [`ALTER TABLE ${path} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY`] : [];
    if (!hasFence) return template.map((statement) => statement.replaceAll("{table}", path));
    return isSecured ? [] : [`ALTER TABLE ${path} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`];
  });
}

/** Statements that give the two groups what they may do, and everybody else nothing. */
export async function grantAccess(
  client: ClientBase,
  relations: readonly Relation[],
  { roles }: Declared,
): Promise<string[]> {
  const ofRelations = relations.flatMap((relation) => [
    `REVOKE ALL ON ${relation.path} FROM PUBLIC, ${roles.reader}, ${roles.writer}`,
    ...grants(relation, roles),
  ]);
  return [...(await revokeStrangers(client, roles)), ...ofRelations, ...(await grantOthers(client, roles))];
}

function grants({ path, kind, isPartition, isReference, columns }: Relation, roles: SafeRoles): string[] {
  const { reader, writer } = roles;
  // What is read of a partition is read through its parent.
  if (isPartition) return [];
  if (kind === "view")
    return [
      `ALTER VIEW ${path} SET (security_invoker = true)`,
      `GRANT SELECT ON ${path} TO ${reader}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ${path} TO ${writer}`,
    ];
  if (isReference) return [`GRANT SELECT ON ${path} TO ${reader}, ${writer}`];
  return [
    `GRANT SELECT ON ${path} TO ${reader}`,
    `GRANT SELECT, INSERT, DELETE ON ${path} TO ${writer}`,
    ...(columns.length > 0 ? [`GRANT UPDATE (${columns.join(", ")}) ON ${path} TO ${writer}`] : []),
  ];
}

/** What a migration granted to a role of its own choice. */
async function revokeStrangers(client: ClientBase, roles: SafeRoles): Promise<string[]> {
  const { rows } = await client.query<{ path: string; grantee: string }>(
    `SELECT DISTINCT format('%I.%I', n.nspname, c.relname) AS path, a.grantee::regrole::text AS grantee
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       CROSS JOIN LATERAL (
         SELECT grantee FROM aclexplode(c.relacl)
         UNION SELECT e.grantee FROM pg_attribute t CROSS JOIN LATERAL aclexplode(t.attacl) e WHERE t.attrelid = c.oid
       ) AS a
     WHERE ${packageSchema} AND a.grantee <> 0 AND a.grantee::regrole::text <> ALL($1)`,
    [[roles.owner, roles.reader, roles.writer]],
  );
  return rows.map(({ path, grantee }) => `REVOKE ALL ON ${path} FROM ${grantee}`);
}

/** Schemas, sequences, functions and types. */
async function grantOthers(client: ClientBase, { owner, reader, writer }: SafeRoles): Promise<string[]> {
  const both = `${reader}, ${writer}`;
  const { rows } = await client.query<{ statements: string[] }>(
    `SELECT ARRAY[format('REVOKE ALL ON SCHEMA %I FROM PUBLIC', n.nspname),
         format('GRANT USAGE ON SCHEMA %I TO %s', n.nspname, $2::text)] AS statements
       FROM pg_namespace n WHERE ${packageSchema} AND n.nspowner = $1::regrole
     UNION ALL
     SELECT ARRAY[format('REVOKE ALL ON SEQUENCE %I.%I FROM PUBLIC, %s', n.nspname, c.relname, $2),
         format('GRANT USAGE ON SEQUENCE %I.%I TO %s', n.nspname, c.relname, $3::text)]
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE ${packageSchema} AND c.relkind = 'S' AND c.relowner = $1::regrole
     UNION ALL
     SELECT ARRAY[format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', p.oid::regprocedure),
         format('GRANT EXECUTE ON ROUTINE %s TO %s', p.oid::regprocedure, $2)]
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE ${packageSchema} AND p.proowner = $1::regrole
     UNION ALL
     SELECT ARRAY[format('REVOKE ALL ON TYPE %I.%I FROM PUBLIC', n.nspname, t.typname),
         format('GRANT USAGE ON TYPE %I.%I TO %s', n.nspname, t.typname, $2)]
       FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
       WHERE ${packageSchema} AND t.typowner = $1::regrole AND (t.typtype IN ('e', 'd', 'r')
         OR t.typtype = 'c' AND EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))`,
    [owner, both, writer],
  );
  return rows.flatMap(({ statements }) => statements);
}
