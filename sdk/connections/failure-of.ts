/** What a database means by an error, in one word for both kinds of database. */
export type Failure =
  /** It does not let this service in, or not for this tenant, or ended its session. */
  | "refused"
  /** The tenant's storage is full. */
  | "full"
  /** Nobody answers there. */
  | "unreachable"
  /** Everything that may be open is in use. */
  | "busy"
  | "other";

// A suspended Postgres database takes no connection more (53300), as a full server does.
const refused = new Set([
  "28000",
  "28P01",
  "3D000",
  "53300",
  "57P01",
  "57P02",
  "57P03",
  "AUTH_FAILED",
  "AUTH_EXPIRED",
  "TENANT_INACTIVE",
]);
const full = new Set(["53400", "SQLITE_FULL"]);

/** Libraries wrap what a database says: the first cause that has a known code counts. */
export function failureOf(error: unknown): Failure {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const code = "code" in at ? String(at.code) : "";
    if (full.has(code)) return "full";
    if (code === "UNREACHABLE") return "unreachable";
    if (code === "NO_FREE_CONNECTION") return "busy";
    if (refused.has(code) || isShutOut(at, code) || at.message.startsWith("Connection terminated"))
      return "refused";
  }
  return "other";
}

// The same code as for a statement that the credential does not allow, which asking again does not mend.
const isShutOut = (error: Error, code: string) =>
  code === "42501" &&
  (("severity" in error && error.severity === "FATAL") || error.message.startsWith("tenant context refused"));
