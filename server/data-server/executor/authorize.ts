import { constants } from "node:sqlite";
import type { CredentialScope } from "@/server/drivers/driver";
import { judgePragma } from "./pragmas";

/** What a statement does, as SQLite asks for permission while it compiles it. */
export interface StatementFacts {
  /** It changes rows. */
  writes: boolean;
  /** It changes the schema of the file. */
  schema: boolean;
  /** It leaves something behind in its connection. */
  lasting: boolean;
  /** Names in its text have to be looked at as well: SQLite does not ask about all of them. */
  named: "alter" | "table" | "body" | null;
}

export interface Authorizer {
  authorize(
    this: void,
    action: number,
    first: string | null,
    second: string | null,
    database: string | null,
  ): number;
  /** Runs `work` and tells what SQLite asked for meanwhile. */
  observe<T>(work: () => T): { value: T; facts: StatementFacts };
  /** Runs our own SQL, which may do everything. */
  trust<T>(work: () => T): T;
  /** Why the last refusal was one, as a sentence. */
  reason(): string;
}

export const systemPrefix = "sys_";

const isSystem = (name: string | null) => name?.toLowerCase().startsWith(systemPrefix) ?? false;

const modules = new Set(["fts5", "fts5vocab", "geopoly", "rtree", "rtree_i32"]);
/** Functions that nobody may call. */
export const functions = new Set(["fts3_tokenizer", "geopoly_debug", "load_extension", "sqlite_log"]);
const schemaTables = new Set(["sqlite_master", "sqlite_temp_master"]);

const reads = new Set([
  constants.SQLITE_SELECT,
  constants.SQLITE_READ,
  constants.SQLITE_RECURSIVE,
  constants.SQLITE_TRANSACTION,
  constants.SQLITE_SAVEPOINT,
]);
const rowChanges = new Set([constants.SQLITE_INSERT, constants.SQLITE_UPDATE, constants.SQLITE_DELETE]);
/** Temporary tables live in memory, in one connection: scratch space for whoever may write rows. */
const scratch = new Set([
  constants.SQLITE_CREATE_TEMP_TABLE,
  constants.SQLITE_CREATE_TEMP_INDEX,
  constants.SQLITE_DROP_TEMP_TABLE,
  constants.SQLITE_DROP_TEMP_INDEX,
]);
const temporaryCode = new Set([
  constants.SQLITE_CREATE_TEMP_TRIGGER,
  constants.SQLITE_CREATE_TEMP_VIEW,
  constants.SQLITE_DROP_TEMP_TRIGGER,
  constants.SQLITE_DROP_TEMP_VIEW,
]);
const bodies = new Set([
  constants.SQLITE_CREATE_TRIGGER,
  constants.SQLITE_CREATE_VIEW,
  constants.SQLITE_CREATE_TEMP_TRIGGER,
  constants.SQLITE_CREATE_TEMP_VIEW,
]);
const schemaChanges = new Set([
  constants.SQLITE_CREATE_TABLE,
  constants.SQLITE_CREATE_INDEX,
  constants.SQLITE_CREATE_TRIGGER,
  constants.SQLITE_CREATE_VIEW,
  constants.SQLITE_CREATE_VTABLE,
  constants.SQLITE_DROP_TABLE,
  constants.SQLITE_DROP_INDEX,
  constants.SQLITE_DROP_TRIGGER,
  constants.SQLITE_DROP_VIEW,
  constants.SQLITE_DROP_VTABLE,
  constants.SQLITE_ALTER_TABLE,
  constants.SQLITE_REINDEX,
  constants.SQLITE_ANALYZE,
]);

const noFacts = (): StatementFacts => ({ writes: false, schema: false, lasting: false, named: null });

const says = {
  file: "Other files cannot be reached from a database.",
  function: "This function is not available.",
  module: "Virtual tables of this kind are not available.",
  pragma: "This PRAGMA is not available to this credential.",
  rows: "This credential may read, and nothing else.",
  schema: "This credential may not change the schema.",
  system: `Tables whose names start with ${systemPrefix} belong to Freehold, which alone changes them.`,
  statistics: "Statistics are written by ANALYZE only.",
} as const;
type Refusal = keyof typeof says;

interface Judging {
  scope: CredentialScope;
  facts: StatementFacts;
}

function judgeRows({ scope, facts }: Judging, table: string | null): Refusal | null {
  if (scope === "readonly") return "rows";
  if (isSystem(table)) return "system";
  if (table !== null && schemaTables.has(table)) return null;
  if (table?.startsWith("sqlite_stat") && scope !== "admin") return "statistics";
  facts.writes = true;
  return null;
}

function judgeSchema(
  { scope, facts }: Judging,
  action: number,
  [first, second]: readonly (string | null)[],
): Refusal | null {
  if (scope !== "admin") return scope === "readonly" ? "rows" : "schema";
  facts.schema = true;
  if (action === constants.SQLITE_ANALYZE || action === constants.SQLITE_REINDEX) return null;
  if (isSystem(first ?? null) || isSystem(second ?? null)) return "system";
  if (action === constants.SQLITE_CREATE_VTABLE && !modules.has(second?.toLowerCase() ?? "")) return "module";
  if (action === constants.SQLITE_ALTER_TABLE) facts.named = "alter";
  if (action === constants.SQLITE_CREATE_TABLE) facts.named ??= "table";
  return null;
}

function judgeTemporary(
  { scope, facts }: Judging,
  action: number,
  [first, second]: readonly (string | null)[],
): Refusal | null {
  if (scope === "readonly") return "rows";
  if (temporaryCode.has(action) && scope !== "admin") return "schema";
  if (isSystem(first ?? null) || isSystem(second ?? null)) return "system";
  facts.lasting = true;
  return null;
}

function judge(judging: Judging, action: number, names: readonly (string | null)[]): Refusal | null {
  const [first = null, second = null] = names;
  if (reads.has(action)) return null;
  if (rowChanges.has(action)) return judgeRows(judging, first);
  if (bodies.has(action)) judging.facts.named = "body";
  if (schemaChanges.has(action)) return judgeSchema(judging, action, names);
  if (scratch.has(action) || temporaryCode.has(action)) return judgeTemporary(judging, action, names);
  if (action === constants.SQLITE_FUNCTION)
    return functions.has(second?.toLowerCase() ?? "") ? "function" : null;
  if (action !== constants.SQLITE_PRAGMA) return "file";
  const judged = judgePragma(judging.scope, first?.toLowerCase() ?? "", second);
  if (judged === "changes") judging.facts.lasting = true;
  return judged === "refused" ? "pragma" : null;
}

/** What a scope lets SQL do. Everything that is not named here is refused. */
export function createAuthorizer(scope: CredentialScope): Authorizer {
  const judging: Judging = { scope, facts: noFacts() };
  let refusal: Refusal = "file";
  let trusting = false;
  return {
    authorize(action, first, second) {
      if (trusting) return constants.SQLITE_OK;
      const found = judge(judging, action, [first, second]);
      if (found === null) return constants.SQLITE_OK;
      refusal = found;
      return constants.SQLITE_DENY;
    },
    observe(work) {
      const facts = noFacts();
      judging.facts = facts;
      try {
        return { value: work(), facts };
      } finally {
        judging.facts = noFacts();
      }
    },
    trust(work) {
      trusting = true;
      try {
        return work();
      } finally {
        trusting = false;
      }
    },
    reason: () => says[refusal],
  };
}
