import { LibsqlError } from "@libsql/client";
import { DatabaseError } from "pg";

// Who we are was refused, before anything was done: it is safe to ask for the way in and try again.
// A suspended database takes no connection more (53300), as a full one does.
const refused = ["28000", "28P01", "3D000", "53300", "AUTH_FAILED", "AUTH_EXPIRED", "TENANT_INACTIVE"];
const taken = ["23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT"];
const full = ["53400", "SQLITE_FULL"];
const ended = ["57P01", "57P02", "57P03", "ECONNRESET", "ECONNREFUSED"];

export type Failure = "refused" | "taken" | "full" | "ended" | "unknown";

/** What a database means by an error, in one word for both kinds of database. */
export function failureOf(error: unknown): Failure {
  const code = codeOf(error);
  if (refused.includes(code) || isShutOut(error)) return "refused";
  if (taken.includes(code)) return "taken";
  if (full.includes(code)) return "full";
  if (ended.includes(code) || isBroken(error)) return "ended";
  return "unknown";
}

// The same code as for a statement that the credential does not allow, which asking again does not mend.
const isShutOut = (error: unknown) =>
  error instanceof DatabaseError &&
  error.code === "42501" &&
  (error.severity === "FATAL" || error.message.startsWith("tenant context refused"));

function codeOf(error: unknown): string {
  if (error instanceof DatabaseError || error instanceof LibsqlError) return error.code ?? "";
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

// What pg says when a connection broke under a statement has no code.
const isBroken = (error: unknown) =>
  error instanceof Error && error.message.startsWith("Connection terminated");
