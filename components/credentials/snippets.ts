import type { ApiOutputs } from "@/components/api/outputs";
import type { CredentialScope } from "@/server/domain/credentials/names";

type Connection = ApiOutputs["credentials"]["issue"]["connection"];

export interface Access {
  connection: Connection;
  secret: string;
  scope: CredentialScope;
}

export interface Snippet {
  /** What is used: a package or a program. */
  id: string;
  /** The file that it is pasted into; a shell takes it as it stands. */
  file: string;
  /** What has to be there first; null when the shell alone does. */
  install: string | null;
  code: string;
}

/** Programs that open the database with this very credential, to be pasted as they stand. */
export function snippetsFor(access: Access): Snippet[] {
  const { driver } = access.connection;
  return driver === "postgres"
    ? [psql(access), pg(access), drizzlePostgres(access)]
    : [libsqlClient(access), drizzleLibsql(access), curl(access)];
}

/** The address with its login in it, as Postgres clients take it. */
function postgresUrl({ connection, secret }: Access, withSecret: boolean): string {
  const url = new URL(connection.url);
  url.username = encodeURIComponent(connection.username ?? "");
  url.password = withSecret ? encodeURIComponent(secret) : "";
  return url.href;
}

const text = (value: string) => JSON.stringify(value);
const shell = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
const refused = "This credential is readonly: the database refuses every write.";
const remark = ({ scope }: Access, mark: string) => (scope === "readonly" ? `${mark} ${refused}\n` : "");
const isAdmin = ({ scope }: Access) => scope === "admin";

const tablesOfSqlite = "select name from sqlite_schema where type = 'table' order by name";
const createInSqlite = "create table if not exists notes (id integer primary key, body text not null)";
const tablesOfPostgres =
  "select table_schema, table_name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2";
const createInPostgres =
  "create table if not exists notes (id bigint generated always as identity primary key, body text not null)";

function libsqlClient(access: Access): Snippet {
  const work = isAdmin(access)
    ? `await client.execute(${text(createInSqlite)});
await client.execute({ sql: "insert into notes (body) values (?)", args: ["Hello"] });
const { rows } = await client.execute("select id, body from notes");
console.log(rows);`
    : `const { rows } = await client.execute(${text(tablesOfSqlite)});
console.log(rows.map((row) => row.name));`;
  return {
    id: "@libsql/client",
    file: "connect.mjs",
    install: "npm install @libsql/client",
    code: `import { createClient } from "@libsql/client";

const client = createClient({
  url: ${text(access.connection.url)},
  authToken: ${text(access.secret)},
});

${remark(access, "//")}${work}
client.close();
`,
  };
}

function drizzleLibsql(access: Access): Snippet {
  const table = `const notes = sqliteTable("notes", {
  id: integer().primaryKey(),
  body: text().notNull(),
});
`;
  const work = isAdmin(access)
    ? `await db.run(sql\`${createInSqlite}\`);
await db.insert(notes).values({ body: "Hello" });
console.log(await db.select().from(notes));`
    : `console.log(await db.all(sql\`${tablesOfSqlite}\`));`;
  return {
    id: "drizzle",
    file: "connect.mjs",
    install: "npm install drizzle-orm @libsql/client",
    code: `import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/libsql";
${isAdmin(access) ? `import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";\n\n${table}` : ""}
const db = drizzle({
  connection: {
    url: ${text(access.connection.url)},
    authToken: ${text(access.secret)},
  },
});

${remark(access, "//")}${work}
`,
  };
}

function curl(access: Access): Snippet {
  const base = access.connection.url.replace(/^libsql:/, "https:").replace(/\/*$/, "/");
  const statements = isAdmin(access)
    ? [
        { sql: createInSqlite },
        { sql: "insert into notes (body) values (?)", args: [{ type: "text", value: "Hello" }] },
        { sql: "select id, body from notes" },
      ]
    : [
        {
          sql: "select name from sqlite_schema where type = ? order by name",
          args: [{ type: "text", value: "table" }],
        },
      ];
  const requests = [...statements.map((stmt) => ({ type: "execute", stmt })), { type: "close" }];
  return {
    id: "curl",
    file: "Shell",
    install: null,
    code: `${remark(access, "#")}curl -sS ${shell(`${base}v2/pipeline`)} \\
  -H ${shell(`Authorization: Bearer ${access.secret}`)} \\
  -H 'Content-Type: application/json' \\
  -d ${shell(JSON.stringify({ requests }, null, 2))}
`,
  };
}

function psql(access: Access): Snippet {
  const work = isAdmin(access)
    ? `${createInPostgres};
insert into notes (body) values ('Hello');
select id, body from notes;`
    : `${tablesOfPostgres};`;
  return {
    id: "psql",
    file: "Shell",
    install: null,
    code: `PGPASSWORD=${shell(access.secret)} psql ${shell(postgresUrl(access, false))} <<'SQL'
${remark(access, "--")}${work}
SQL
`,
  };
}

function pg(access: Access): Snippet {
  const work = isAdmin(access)
    ? `await client.query(${text(createInPostgres)});
await client.query("insert into notes (body) values ($1)", ["Hello"]);
const { rows } = await client.query("select id, body from notes");
console.log(rows);`
    : `const { rows } = await client.query(
  ${text(tablesOfPostgres)},
);
console.log(rows);`;
  return {
    id: "pg",
    file: "connect.mjs",
    install: "npm install pg",
    code: `import pg from "pg";

const client = new pg.Client({
  connectionString: ${text(postgresUrl(access, true))},
});
await client.connect();

${remark(access, "//")}${work}
await client.end();
`,
  };
}

function drizzlePostgres(access: Access): Snippet {
  const table = `const notes = pgTable("notes", {
  id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  body: text().notNull(),
});
`;
  const work = isAdmin(access)
    ? `await db.execute(sql\`${createInPostgres}\`);
await db.insert(notes).values({ body: "Hello" });
console.log(await db.select().from(notes));`
    : `const { rows } = await db.execute(sql\`${tablesOfPostgres}\`);
console.log(rows);`;
  return {
    id: "drizzle",
    file: "connect.mjs",
    install: "npm install drizzle-orm pg",
    code: `import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
${isAdmin(access) ? `import { bigint, pgTable, text } from "drizzle-orm/pg-core";\n\n${table}` : ""}
const db = drizzle(${text(postgresUrl(access, true))});

${remark(access, "//")}${work}
await db.$client.end();
`,
  };
}
