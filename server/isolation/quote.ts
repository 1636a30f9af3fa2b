import { escapeIdentifier } from "pg";

/** A name for a statement, each part quoted. */
export function quoted(...parts: string[]): string {
  return parts.map((part) => escapeIdentifier(part)).join(".");
}

/** A name for people: quoted only where SQL would need it. */
export function named(...parts: string[]): string {
  return parts.map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : escapeIdentifier(part))).join(".");
}

/** Whom privileges are given to; null is everybody. */
export function grantees(roles: (string | null)[]): string {
  return roles.map((role) => (role === null ? "PUBLIC" : escapeIdentifier(role))).join(", ");
}

/** The same for people. */
export function namedGrantees(roles: (string | null)[]): string {
  return roles.map((role) => (role === null ? "PUBLIC" : named(role))).join(", ");
}
