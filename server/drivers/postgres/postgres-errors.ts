import { DomainError } from "@/server/kernel/errors";

// SQLSTATE codes.
export const sqlstate = {
  duplicateDatabase: "42P04",
  undefinedDatabase: "3D000",
  undefinedSchema: "3F000",
  undefinedTable: "42P01",
  uniqueViolation: "23505",
  insufficientPrivilege: "42501",
  dependentObjects: "2BP01",
  tooManyConnections: "53300",
  notTakingConnections: "55000",
  lockNotAvailable: "55P03",
  queryCanceled: "57014",
  wrongPassword: "28P01",
  refusedLogin: "28000",
} as const;

type SqlState = (typeof sqlstate)[keyof typeof sqlstate];

export function hasCode(error: unknown, ...codes: SqlState[]): boolean {
  return error instanceof Error && "code" in error && codes.some((code) => code === error.code);
}

/** Classes of what passes: connections, transactions that met, resources, and the server's own state. */
const passing = /^(08|40|53|55|57|58|XX)/;

/** The statement itself is at fault, and would be the next time. */
export function isOfStatement(error: unknown): error is Error {
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    /^[0-9A-Z]{5}$/.test(error.code) &&
    !passing.test(error.code)
  );
}

/** The server answered, and did not let this login in. */
export function isRefusal(error: unknown): boolean {
  const { wrongPassword, refusedLogin, insufficientPrivilege } = sqlstate;
  const { undefinedDatabase, notTakingConnections, tooManyConnections } = sqlstate;
  return (
    hasCode(error, wrongPassword, refusedLogin, insufficientPrivilege) ||
    hasCode(error, undefinedDatabase, notTakingConnections, tooManyConnections)
  );
}

export const missing = (cause?: unknown) =>
  new DomainError("precondition", "The database is missing.", { cause });

export const foreign = (cause?: unknown) =>
  new DomainError("precondition", "The database in its place is not a Freehold database.", { cause });

export const unfinished = (cause?: unknown) =>
  new DomainError("precondition", "The creation or the removal of the database has not finished.", { cause });

/** What the server is reached as cannot do what it must. */
export const powerless = (cause?: unknown) =>
  new DomainError("precondition", "Freehold needs a superuser of the Postgres server to log in as.", {
    cause,
  });

/** Says what the refusal of a connection means for the database; passes others through. */
export function explainRefusal(error: unknown): unknown {
  if (hasCode(error, sqlstate.undefinedDatabase)) return missing(error);
  if (hasCode(error, sqlstate.notTakingConnections)) return unfinished(error);
  if (hasCode(error, sqlstate.insufficientPrivilege, sqlstate.undefinedTable, sqlstate.undefinedSchema))
    return foreign(error);
  return error;
}
