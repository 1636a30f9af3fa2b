import type { StatementSync } from "node:sqlite";
import { RequestError } from "@/server/data-server/request-error";
import { systemPrefix, type StatementFacts } from "./authorize";
import { parametersOf, type Parameters } from "./parameters";
import { isBlank, tokensOf } from "./tokens";

export interface Column {
  name: string;
  decltype: string | null;
}

/** A compiled statement, and what has to be known to run it again without looking at its text. */
export interface Statement extends StatementFacts {
  prepared: StatementSync;
  /** The text of this statement alone. */
  sql: string;
  columns: Column[];
  /** The columns as JSON text of Hrana; as they are now, once the statement has taken its first step. */
  columnsText(this: void): string;
  parameters: Parameters;
  /** It takes the write lock without changing anything yet. */
  locks: boolean;
  /** What a transaction that begins with it may not do. */
  beginsReading: boolean;
}

const beginReading = /^\s*BEGIN(?:\s+TRANSACTION)?\s+READONLY\s*;?\s*$/i;
const beginWriting = /^\s*BEGIN\s+(?:IMMEDIATE|EXCLUSIVE)\b/i;

/** libSQL can begin a transaction that only reads; SQLite is told in another way. */
export const inSqlite = (sql: string) => (beginReading.test(sql) ? "BEGIN" : sql);

export function describeStatement(prepared: StatementSync, sql: string, facts: StatementFacts): Statement {
  prepared.setReadBigInts(true);
  prepared.setReturnArrays(true);
  const beginsReading = beginReading.test(sql);
  const own = beginsReading ? sql : prepared.sourceSQL;
  refuseSystemNames(own, facts.named);
  const columns = columnsOf(prepared);
  const text = JSON.stringify(columns);
  // Another process may have added a column since: SQLite compiles the statement anew at its first step.
  const follows = own.includes("*");
  return {
    ...facts,
    prepared,
    sql: own,
    columns,
    columnsText: () => (follows ? JSON.stringify(columnsOf(prepared)) : text),
    parameters: parametersOf(own),
    locks: beginWriting.test(own),
    beginsReading,
  };
}

function columnsOf(prepared: StatementSync): Column[] {
  return prepared.columns().map(({ name, type }) => ({ name, decltype: type }));
}

/** SQLite prepares the first statement of a text and is silent about the rest. */
export function refuseMore(sql: string, { sql: own }: Statement): void {
  if (own.length < sql.length && !isBlank(sql.slice(own.length)))
    throw new RequestError("SQL_MANY_STATEMENTS", "SQL string contains more than one statement");
}

/** The authorizer is not asked about the new name of a table, nor about what a view or a key refers to. */
function refuseSystemNames(sql: string, named: StatementFacts["named"]): void {
  if (named === null) return;
  let before = "";
  for (const { kind, text } of tokensOf(sql)) {
    const follows = before === "TO" || before === "REFERENCES";
    const names = kind === "word" || kind === "name" || (kind === "text" && follows);
    if (names && (named === "body" || follows) && text.toLowerCase().startsWith(systemPrefix))
      throw new RequestError("SQLITE_AUTH", `Names that start with ${systemPrefix} belong to Freehold.`);
    before = kind === "word" ? text.toUpperCase() : "";
  }
}
