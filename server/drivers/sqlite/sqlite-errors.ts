import { DomainError } from "@/server/kernel/errors";
import { look } from "./layout";

// Primary result codes of SQLite.
const code = { error: 1, busy: 5, locked: 6, readonly: 8, tooBig: 18, auth: 23, notADatabase: 26 } as const;

export const missing = (cause?: unknown) =>
  new DomainError("precondition", "The database is missing.", { cause });

export const foreign = (cause?: unknown) =>
  new DomainError("precondition", "The file in its place is not a Freehold database.", { cause });

const damaged = (cause: unknown) => new DomainError("precondition", "The database is damaged.", { cause });

const busy = (cause: unknown) =>
  new DomainError("precondition", "The database is busy with a long write. Try again in a moment.", {
    cause,
  });

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return undefined;
  return error.errcode & 0xff;
}

/** A writer holds the file. */
export function isBusy(error: unknown): boolean {
  const found = primaryCode(error);
  return found === code.busy || found === code.locked;
}

/** A crashed writer left a journal, which only a connection that may write can deal with. */
export function needsRecovery(error: unknown): boolean {
  return primaryCode(error) === code.readonly;
}

/** What was asked for is not there, or is something that the fence does not let run. */
export function isRefusal(error: unknown): boolean {
  const found = primaryCode(error);
  return found === code.error || found === code.tooBig || found === code.auth;
}

/** Says what an error of SQLite means for the file at `path`; passes others through. */
export function explain(error: unknown, path: string): unknown {
  const found = primaryCode(error);
  if (found === undefined) return error;
  if (!look(path)) return missing(error);
  if (isBusy(error)) return busy(error);
  return found === code.notADatabase ? foreign(error) : damaged(error);
}
