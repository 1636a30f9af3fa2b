import type { ClientBase } from "pg";
import { hasSqlDetails, loadModule, parseSync, scanSync } from "libpg-query";
import { refusal } from "./refuse";
import { packageSchema } from "./relations";

/** What leaves a session as it was, however often it is run. */
const passing = new Set([
  "SelectStmt",
  "InsertStmt",
  "UpdateStmt",
  "DeleteStmt",
  "MergeStmt",
  "CallStmt",
  "NotifyStmt",
]);

/** First words of statements of SQL that are about more than rows. */
const beyondRows = new Set(
  `alter analyse analyze checkpoint cluster comment copy create deallocate discard do drop explain grant import
   listen load lock prepare reassign refresh reindex release reset revoke savepoint security set show start
   truncate unlisten vacuum`.split(/\s+/),
);

/** What a statement of PL/pgSQL comes after. */
const openings = new Set([";", "begin", "then", "else", "loop", ">>"]);
/** What follows such a word where it is the name of a variable, or of a column in a CASE. */
const afterNames = new Set([":=", "=", ".", "[", "end", "when", "else"]);

/** The name itself, quoted or not, and every name that is written with escapes. */
const settingName = /^(?:"?set_config"?|u&".*)$/is;

/**
 * Why a function of a package may not be in a pool; null when it may, and for every other statement.
 * What it sets would stay in the connection for the next tenant, and at an installation it could
 * leave the role of packages.
 */
async function reasonAgainst(sql: string): Promise<string | null> {
  await loadModule();
  try {
    const [made] = statementsIn(sql);
    return made?.kind === "CreateFunctionStmt" ? judge(sql, made.node) : null;
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    return `what it does cannot be read: ${error.message}`;
  }
}

function judge(sql: string, made: unknown): string | null {
  const body = optionOf(made, "as");
  const words = wordsIn(body);
  if ([...wordsIn(sql), ...words].some((word) => settingName.test(word)))
    return "it sets the session by set_config";
  const isProcedural = optionOf(made, "language").toLowerCase() === "plpgsql";
  if (isProcedural && words.includes("execute"))
    return "it runs a text that is only known when it runs (EXECUTE)";
  const other = isProcedural ? otherWord(words) : otherKind(body);
  return other === undefined
    ? null
    : `it holds a statement that is about more than rows (${other.toUpperCase()})`;
}

/** Keywords and names as they are compared, strings and marks as they are; what is quoted stays quoted. */
function wordsIn(text: string): string[] {
  if (text.trim() === "") return [];
  const { tokens } = scanSync(text);
  return tokens
    .filter(({ tokenName }) => tokenName !== "SQL_COMMENT" && tokenName !== "C_COMMENT")
    .map((token) => token.text.toLowerCase());
}

const otherWord = (words: string[]) =>
  words.find(
    (word, at) =>
      beyondRows.has(word) && openings.has(words[at - 1] ?? ";") && !afterNames.has(words[at + 1] ?? ""),
  );

const otherKind = (body: string) =>
  statementsIn(body)
    .find(({ kind }) => !passing.has(kind))
    ?.kind.replace(/Stmt$/, "");

interface Parsed {
  kind: string;
  node: unknown;
}

function statementsIn(sql: string): Parsed[] {
  if (sql.trim() === "") return [];
  return (parseSync(sql).stmts ?? []).flatMap(({ stmt }) =>
    Object.entries(stmt ?? {}).map(([kind, node]: [string, unknown]) => ({ kind, node })),
  );
}

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** The values of every field of this name, at any depth. */
function* fieldsIn(node: unknown, name: string): Generator<unknown> {
  if (!isNode(node)) return;
  for (const [field, value] of Object.entries(node)) {
    if (field === name) yield value;
    yield* fieldsIn(value, name);
  }
}

/** What the statement says after AS or LANGUAGE; empty when it says nothing. */
function optionOf(made: unknown, name: string): string {
  for (const option of fieldsIn(made, "DefElem"))
    if (isNode(option) && option["defname"] === name)
      for (const text of fieldsIn(option, "sval")) return String(text);
  return "";
}

/** Throws `invalid` for a statement that makes such a function, before it is there to run. */
export async function refuseFunction(sql: string): Promise<void> {
  const reason = await reasonAgainst(sql);
  if (reason !== null) throw refusal([`a function of a package only works on rows, and ${reason}`]);
}

interface Found {
  object: string;
  definition: string | null;
}

// An aggregate has no text of its own, and names the functions that it calls.
const functions = `
  SELECT p.oid::regprocedure::text AS object,
    CASE WHEN l.lanname IN ('sql', 'plpgsql') THEN pg_get_functiondef(p.oid) END AS definition
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE ${packageSchema} AND p.prokind IN ('f', 'p') AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT p.oid::regprocedure::text, NULL FROM pg_aggregate a
  JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE ${packageSchema} AND 'pg_catalog.set_config'::regproc IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn,
    a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)`;

/** Functions of packages that are there and may not be, each with the reason. */
export async function findFunctions(client: ClientBase): Promise<{ object: string; message: string }[]> {
  const { rows } = await client.query<Found>(functions);
  const found: { object: string; message: string }[] = [];
  for (const { object, definition } of rows) {
    const reason = definition === null ? "what it does cannot be read" : await reasonAgainst(definition);
    const message = `A function of a package only works on rows, and ${reason}. What it sets reaches the next tenant.`;
    if (reason !== null) found.push({ object, message });
  }
  return found;
}
