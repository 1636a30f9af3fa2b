import type { EnvironmentId } from "./ids";

const shape = /^env_[0-9a-f]{32}$/;

/** The name of an environment's database: made of its UUID, so it tells nothing and never changes. */
export function databaseNameFor(environmentId: EnvironmentId): string {
  return `env_${environmentId.replaceAll("-", "")}`;
}

/** The name of a credential's login where logins have names: made of its UUID as well. */
export function loginNameFor(credentialId: string): string {
  return `cred_${credentialId.replaceAll("-", "")}`;
}

export function isDatabaseName(name: string): boolean {
  return shape.test(name);
}
