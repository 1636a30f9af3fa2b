import { DatabaseError } from "pg";
import { fromFirstWord } from "./first-word.ts";

const alteringRole = /^alter\b[^]*\b(?:role|user|group)\b/i;

/**
 * Throws `42501` for a statement that would change the login itself. Postgres lets every role
 * change its own password and settings, and in a pool all tenants of a service have the one login.
 */
export function refuseAlteringLogin(sql: string): void {
  if (!alteringRole.test(fromFirstWord(sql))) return;
  const error = new DatabaseError("permission denied to alter the login that tenants share", 0, "error");
  error.severity = "ERROR";
  error.code = "42501";
  throw error;
}
