import { DomainError, isDomainError } from "@/server/kernel/errors";
import { look } from "./layout";

const primary = { locked: [5, 6], readonly: 8, corrupt: 11, cannotOpen: 14, notADatabase: 26 } as const;

export const missing = (cause?: unknown) => new DomainError("precondition", "The database is missing.", { cause });

export const foreign = (cause?: unknown) =>
  new DomainError("precondition", "The file in its place is not a Freehold database.", { cause });

const damaged = (cause: unknown) => new DomainError("precondition", "The database is damaged.", { cause });

const busy = (cause: unknown) =>
  new DomainError("precondition", "The database is busy with a long write. Try again in a moment.", { cause });

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}

/** A writer holds the file. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === primary.locked[0] || code === primary.locked[1];
}

/** A crashed writer left a journal, which only a connection that may write can deal with. */
export function needsRecovery(error: unknown): boolean {
  return primaryCode(error) === primary.readonly;
}

/** Says what an error of SQLite means for the file at `path`; passes others through. */
export function explain(error: unknown, path: string): unknown {
  const code = primaryCode(error);
  if (code === undefined || isDomainError(error)) return error;
  if (!look(path)) return missing(error);
  if (isBusy(error)) return busy(error);
  return code === primary.notADatabase ? foreign(error) : damaged(error);
}
