import { isDomainError } from "@/server/kernel/errors";
import { RequestError } from "@/server/data-server/request-error";

const codes = [
  "SQLITE_ERROR SQLITE_INTERNAL SQLITE_PERM SQLITE_ABORT SQLITE_BUSY SQLITE_LOCKED SQLITE_NOMEM",
  "SQLITE_READONLY SQLITE_INTERRUPT SQLITE_IOERR SQLITE_CORRUPT SQLITE_NOTFOUND SQLITE_FULL SQLITE_CANTOPEN",
  "SQLITE_PROTOCOL SQLITE_EMPTY SQLITE_SCHEMA SQLITE_TOOBIG SQLITE_CONSTRAINT SQLITE_MISMATCH SQLITE_MISUSE",
  "SQLITE_NOLFS SQLITE_AUTH SQLITE_FORMAT SQLITE_RANGE SQLITE_NOTADB",
]
  .join(" ")
  .split(" ");

const primary = { error: 1, busy: 5, locked: 6, full: 13, auth: 23 } as const;
const busySnapshot = 517;

function errorCode(error: unknown): number | undefined {
  const found = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return typeof found === "number" ? found : undefined;
}

const primaryOf = (code: number) => code & 0xff;

/** A writer holds the database, and trying again may help. */
export function isBusy(error: unknown): boolean {
  const code = errorCode(error);
  if (code === undefined || code === busySnapshot) return false;
  return primaryOf(code) === primary.busy || primaryOf(code) === primary.locked;
}

/** The authorizer said no. SQLite tells it of functions in words only. */
export function isRefused(error: unknown): boolean {
  const code = errorCode(error);
  if (!(error instanceof Error) || code === undefined) return false;
  return primaryOf(code) === primary.auth || error.message.startsWith("not authorized to use function");
}

/** What the client is told of anything that went wrong with its SQL. Holds no path and nothing of the server. */
export function toRequestError(error: unknown, { sizeMb }: { sizeMb: number }): RequestError {
  if (error instanceof RequestError) return error;
  if (isDomainError(error)) return new RequestError("SQLITE_CANTOPEN", error.message, 500);
  const code = errorCode(error);
  if (!(error instanceof Error) || code === undefined) {
    return new RequestError("INTERNAL_ERROR", "Something went wrong on our side. Try again.", 500);
  }
  const name = codes[primaryOf(code) - 1] ?? "SQLITE_UNKNOWN";
  if (primaryOf(code) === primary.full)
    return new RequestError(name, `The database has reached its limit of ${sizeMb} MB.`);
  return new RequestError(name, `SQLite error: ${error.message}`);
}

/** What is wrong with a text that SQLite does not compile; other errors as they are. */
export function explainText(error: unknown): unknown {
  const code = errorCode(error);
  if (!(error instanceof Error) || code !== primary.error) return error;
  return /syntax error|incomplete input|unrecognized token/.test(error.message)
    ? new RequestError("SQL_PARSE_ERROR", `SQL string could not be parsed: ${error.message}`)
    : new RequestError("SQL_INPUT_ERROR", `SQL input error: ${error.message}`);
}
