import type { SQLInputValue } from "node:sqlite";
import { malformed, RequestError } from "@/server/data-server/request-error";
import { readFields, readIndex, readList, readText, type Fields } from "./fields";
import type { Query } from "./run";
import { decodeValue } from "./values";

/** The texts that a stream keeps under a number, so that a client sends them once. */
export type StoredTexts = Map<number, string>;

const mostTexts = 200;
const mostTextBytes = 4_000_000;

/** The SQL that a request carries, or names by the number under which it is stored. */
export function readSql(fields: Fields, texts: StoredTexts): string {
  if (typeof fields["sql"] === "string" && fields["sql_id"] == null) return fields["sql"];
  if (fields["sql"] != null || fields["sql_id"] == null)
    throw malformed("A statement has either sql or sql_id.");
  const number = readIndex(fields["sql_id"], "sql_id");
  const text = texts.get(number);
  if (text === undefined) throw new RequestError("SQL_NOT_FOUND", `No SQL text is stored as ${number}.`);
  return text;
}

export function readQuery(value: unknown, texts: StoredTexts): Query {
  const fields = readFields(value, "A statement");
  const named = new Map<string, SQLInputValue>();
  for (const argument of readList(fields["named_args"], "named_args")) {
    const { name, value: given } = readFields(argument, "A named argument");
    named.set(readText(name, "The name of an argument"), decodeValue(given));
  }
  return {
    sql: readSql(fields, texts),
    args: readList(fields["args"], "args").map(decodeValue),
    named,
    wantRows: fields["want_rows"] !== false,
  };
}

export function storeText(fields: Fields, texts: StoredTexts): void {
  const number = readIndex(fields["sql_id"], "sql_id");
  const text = readText(fields["sql"], "sql");
  if (texts.has(number))
    throw new RequestError("SQL_STORE_EXISTS", `An SQL text is already stored as ${number}.`);
  const bytes = texts.values().reduce((sum, { length }) => sum + length, text.length);
  if (texts.size >= mostTexts || bytes > mostTextBytes)
    throw new RequestError("SQL_STORE_TOO_LARGE", `A stream stores at most ${mostTexts} SQL texts.`);
  texts.set(number, text);
}
