import { createClient, LibsqlError, type Client } from "@libsql/client/web";
import type { Secret } from "@/server/kernel/secret";
import type { Patience } from "./wait";

/** Where the databases of one Turso answer, and for how long to wait there. */
export interface DataPath {
  scheme: "http" | "https";
  patience: Patience;
}

/**
 * How a database answers a token. `refused`: not with this token. `blocked`: to nobody now.
 * `absent`: it cannot be found there.
 */
export type Standing = "open" | "blocked" | "refused" | "absent";

export const urlOf = ({ scheme }: DataPath, hostname: string): string => `${scheme}://${hostname}/`;

/** Opens the database for the time of `use`. Every request has its end. */
export async function withDatabase<T>(
  path: DataPath,
  { hostname, token }: { hostname: string; token: Secret },
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const { requestMs } = path.patience;
  const client = createClient({
    url: urlOf(path, hostname),
    authToken: token.reveal(),
    fetch: (request: Request) =>
      fetch(request, { redirect: "error", signal: AbortSignal.timeout(requestMs) }),
  });
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

/** Throws a plain error when that cannot be told. */
export async function standingOf(
  path: DataPath,
  login: { hostname: string; token: Secret },
): Promise<Standing> {
  try {
    await withDatabase(path, login, (client) => client.execute("SELECT 1"));
    return "open";
  } catch (error) {
    const standing = refusalOf(error);
    if (standing) return standing;
    throw unanswered(error);
  }
}

/** What a failure says about the database's standing, or null when it says nothing about it. */
export function refusalOf(error: unknown): Exclude<Standing, "open"> | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof LibsqlError && /BLOCKED/.test(error.code)) return "blocked";
  const status = statusOf(error);
  if (status === 401 || status === 403) return "refused";
  if (status === 404) return "absent";
  return isUnknownHost(error) ? "absent" : null;
}

/** The engine's own answer to a statement, such as a table that is not there. */
export const isAnswer = (error: unknown): error is LibsqlError =>
  error instanceof LibsqlError &&
  error.code.startsWith("SQL") &&
  !/BUSY|LOCKED|IOERR|FULL|NOMEM/.test(error.code);

/** A plain error, so that it is tried again. */
export const unanswered = (cause: unknown) =>
  new Error("The database at Turso did not answer as it should.", { cause });

function* causesOf(error: unknown): Generator<object> {
  let cause = error;
  for (let depth = 0; depth < 5 && typeof cause === "object" && cause !== null; depth++) {
    yield cause;
    cause = "cause" in cause ? cause.cause : undefined;
  }
}

function statusOf(error: Error): number | undefined {
  for (const cause of causesOf(error))
    if ("status" in cause && typeof cause.status === "number") return cause.status;
  return undefined;
}

function isUnknownHost(error: Error): boolean {
  for (const cause of causesOf(error)) if ("code" in cause && cause.code === "ENOTFOUND") return true;
  return false;
}
