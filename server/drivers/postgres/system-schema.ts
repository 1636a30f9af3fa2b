import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { newId } from "@/server/kernel/ids";
import { groupOf, literal } from "./names";

export interface SystemSchema {
  /** 12 hex digits that stand for the whole of it. */
  hash: string;
  statements: string[];
}

const everyone = Object.values(groupOf).join(", ");
const { admin: owner, readwrite, readonly } = groupOf;
const ownersDefault = `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner}`;
const makeLargeObjects = ["lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)"]
  .map((name) => `pg_catalog.${name}`)
  .join(", ");

/** Who may do what, in a database whose own tables are there. */
const fence = [
  "REVOKE ALL ON SCHEMA public FROM PUBLIC",
  `ALTER SCHEMA public OWNER TO ${owner}`,
  `GRANT USAGE ON SCHEMA public TO ${readwrite}, ${readonly}`,
  `GRANT USAGE ON SCHEMA freehold TO ${everyone}`,
  `GRANT SELECT ON ALL TABLES IN SCHEMA freehold TO ${everyone}`,
  `${ownersDefault} GRANT USAGE ON SCHEMAS TO ${readwrite}, ${readonly}`,
  `${ownersDefault} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${readwrite}`,
  `${ownersDefault} GRANT SELECT ON TABLES TO ${readonly}`,
  `${ownersDefault} GRANT SELECT, USAGE ON SEQUENCES TO ${readwrite}`,
  `${ownersDefault} GRANT SELECT ON SEQUENCES TO ${readonly}`,
  `${ownersDefault} GRANT EXECUTE ON FUNCTIONS TO ${readwrite}, ${readonly}`,
  // Everybody sees what all programs call themselves; for one's own there is freehold.sessions().
  "REVOKE EXECUTE ON FUNCTION pg_catalog.pg_stat_get_activity(integer) FROM PUBLIC",
  // Postgres lets every role make large objects, those that may only read too.
  `REVOKE EXECUTE ON FUNCTION ${makeLargeObjects} FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION ${makeLargeObjects} TO ${owner}, ${readwrite}`,
];

/** What every tenant database starts with: the tables of Freehold and the fence around them. */
export function readSystemSchema(folder: string): SystemSchema {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .toSorted();
  if (files.length === 0) throw new Error(`${folder} holds no migrations.`);
  const migrations = files.map((file) => ({ file, sql: readFileSync(join(folder, file), "utf8") }));
  const records = migrations.map(({ file, sql }, index) => {
    const values = [newId(), "freehold.system", String(index + 1), file, sha256(sql)].map(literal);
    return `INSERT INTO freehold.sys_migration VALUES (${values.join(", ")}, now())`;
  });
  return {
    hash: sha256(JSON.stringify([migrations, fence])).slice(0, 12),
    statements: [...migrations.map(({ sql }) => sql.trimEnd().replace(/;$/, "")), ...records, ...fence],
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
