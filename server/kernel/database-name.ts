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

/** The name of a pool's database, made of the pool's id. */
export function poolNameFor(poolId: string): string {
  return `pool_${poolId.replaceAll("-", "")}`;
}

/** The role of a tenant's own login in a pool. Its name is what binds it to the tenant. */
export function tenantLoginFor(tenant: EnvironmentId, credentialId: string): string {
  return `fht_${tenant.replaceAll("-", "")}_${credentialId.slice(-12)}`;
}

/** The login that all services of a pool share. */
export function servicesLoginFor(poolId: string, scope: "readonly" | "readwrite"): string {
  return `fhp_${poolId.replaceAll("-", "")}_${scope}`;
}

export function isDatabaseName(name: string): boolean {
  return shape.test(name);
}
