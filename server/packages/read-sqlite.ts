import { constants, DatabaseSync } from "node:sqlite";
import type { Statement } from "./content";
import type { SourceFile } from "./files";
import { lineAt, packageProblem } from "./problem";

/** What is refused, by SQLite's own name for it. */
const refusals = new Map<number, string>([
  [constants.SQLITE_ATTACH, "a package stays in its own database"],
  [constants.SQLITE_DETACH, "a package stays in its own database"],
  [constants.SQLITE_PRAGMA, "settings of the database are Freehold's"],
  [constants.SQLITE_TRANSACTION, "every file is one transaction already"],
  [constants.SQLITE_SAVEPOINT, "every file is one transaction already"],
  [constants.SQLITE_CREATE_VTABLE, "a virtual table cannot be copied or moved"],
  [constants.SQLITE_RECURSIVE, "a recursive query may never end"],
  [constants.SQLITE_CREATE_TEMP_TABLE, "a temporary object is gone after the file"],
  [constants.SQLITE_CREATE_TEMP_INDEX, "a temporary object is gone after the file"],
  [constants.SQLITE_CREATE_TEMP_VIEW, "a temporary object is gone after the file"],
  [constants.SQLITE_CREATE_TEMP_TRIGGER, "a temporary object is gone after the file"],
]);

/** What a migration is made of. Anything else is refused. */
const usual = new Set<number>([
  constants.SQLITE_CREATE_TABLE,
  constants.SQLITE_CREATE_INDEX,
  constants.SQLITE_CREATE_VIEW,
  constants.SQLITE_CREATE_TRIGGER,
  constants.SQLITE_ALTER_TABLE,
  constants.SQLITE_DROP_TABLE,
  constants.SQLITE_DROP_INDEX,
  constants.SQLITE_DROP_VIEW,
  constants.SQLITE_DROP_TRIGGER,
  constants.SQLITE_REINDEX,
  constants.SQLITE_INSERT,
  constants.SQLITE_UPDATE,
  constants.SQLITE_DELETE,
  constants.SQLITE_SELECT,
  constants.SQLITE_READ,
  constants.SQLITE_FUNCTION,
]);

export interface TableColumns {
  name: string;
  columns: string[];
}

/** A database in memory that a package's files are run in, one after another, to see whether they go well. */
export interface Trial {
  /** Runs a file and gives its statements; throws `invalid` where the engine or a rule refuses one. */
  run(source: SourceFile): Statement[];
  tables(): TableColumns[];
  close(): void;
}

export function openTrial(): Trial {
  const db = new DatabaseSync(":memory:", { allowExtension: false, defensive: true, limits: { attach: 0 } });
  db.exec("PRAGMA trusted_schema = OFF; PRAGMA max_page_count = 16384; PRAGMA temp_store = MEMORY");
  let refused: string | null = null;

  function authorize(action: number, first: string | null, second: string | null): number {
    const isLoading = action === constants.SQLITE_FUNCTION && second === "load_extension";
    if (usual.has(action) && !isLoading) return constants.SQLITE_OK;
    refused ??= refusals.get(action) ?? "a package has no use for this kind of statement";
    return constants.SQLITE_DENY;
  }

  /** SQLite itself says where a statement ends: a prepared one knows its own text. */
  function runNext(rest: string): string {
    const statement = db.prepare(rest);
    statement.run();
    return statement.sourceSQL;
  }

  function runFile({ file, text }: SourceFile): Statement[] {
    const path = `migrations/${file}`;
    const statements: Statement[] = [];
    for (let at = 0; ;) {
      const [blank = ""] = /^(?:[\s;]+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*/.exec(text.slice(at)) ?? [];
      at += blank.length;
      if (at >= text.length) return statements;
      const line = lineAt(text, at);
      refused = null;
      try {
        const sql = runNext(text.slice(at));
        statements.push({ sql: sql.replace(/[\s;]+$/, ""), line });
        at += sql.length;
      } catch (error) {
        throw packageProblem({ file: path, line }, whySqlite(error, refused));
      }
      requireNames(db, { file: path, line });
    }
  }

  return {
    run(source) {
      db.setAuthorizer(authorize);
      db.exec("SELECT 1");
      try {
        return runFile(source);
      } finally {
        db.setAuthorizer(null);
      }
    },
    tables: () => listTables(db),
    close: () => db.close(),
  };
}

function whySqlite(error: unknown, refused: string | null): string {
  if (refused !== null) return `This statement is refused: ${refused}. Take it out.`;
  const reason = error instanceof Error ? error.message : String(error);
  return `SQLite refuses this statement: ${reason}. Where the engines differ, write NNNN_noun.sqlite.sql and NNNN_noun.postgres.sql.`;
}

/** Objects that a file may not make, whatever statement made them. */
function requireNames(db: DatabaseSync, place: { file: string; line: number }): void {
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE lower(substr(name, 1, 4)) = 'sys_' LIMIT 1")
    .get();
  if (names)
    throw packageProblem(
      place,
      `Names that start with sys_ are Freehold's own. Rename ${String(names["name"])}.`,
    );
}

function listTables(db: DatabaseSync): TableColumns[] {
  const names = db
    .prepare(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )
    .all();
  return names.map(({ name }) => ({
    name: String(name),
    columns: db
      .prepare("SELECT name FROM pragma_table_xinfo(?)")
      .all(String(name))
      .map((column) => String(column["name"])),
  }));
}
