import { isUuid } from "@/server/kernel/ids";
import { DomainError } from "@/server/kernel/errors";
import type { DatabaseIdentity } from "@/server/drivers/driver";

/** The roles of one pool. Roles exist once per server, so their names hold the pool's. */
export interface PoolRoles {
  /** Owns what tells tenants apart. Nobody logs in as it. */
  fence: string;
  /** Owns the schemas of packages. Nobody logs in as it. */
  owner: string;
  /** Freehold's own login, which becomes the owner and works on one tenant at a time. */
  installer: string;
  /** What every login that reads may do, and every one that writes. */
  reader: string;
  writer: string;
  /** The logins that all services share. */
  readonly: string;
  readwrite: string;
}

const poolShape = /^pool_([0-9a-f]{32})$/;

/** The first part of the names of a pool's roles. */
export function rolePrefix(poolName: string): string {
  const [, hex] = poolShape.exec(poolName) ?? [];
  if (hex === undefined) throw new DomainError("invalid", "This is not the name of a pool's database.");
  return `fhp_${hex}`;
}

export function rolesOf(poolName: string): PoolRoles {
  const prefix = rolePrefix(poolName);
  return {
    fence: `${prefix}_fence`,
    owner: `${prefix}_owner`,
    installer: `${prefix}_installer`,
    reader: `${prefix}_reader`,
    writer: `${prefix}_writer`,
    readonly: `${prefix}_readonly`,
    readwrite: `${prefix}_readwrite`,
  };
}

/** The name of a pool's database, made of the pool's id. */
export function poolNameFor(poolId: string): string {
  if (!isUuid(poolId)) throw new DomainError("invalid", "This is not the id of a pool.");
  return `pool_${poolId.replaceAll("-", "")}`;
}

/** The role of a tenant's own login. Its name is what binds it to the tenant. */
export function tenantRoleOf({ tenant }: DatabaseIdentity, credentialId: string): string {
  if (!isUuid(credentialId)) throw new DomainError("invalid", "This is not the id of a credential.");
  return tenantRolePrefix(tenant) + credentialId.slice(-12);
}

/** In what JavaScript and Postgres both read. */
export const tenantRoles = /^fht_[0-9a-f]{32}_[0-9a-f]{12}$/;

export const isTenantRole = (role: string): boolean => tenantRoles.test(role);

/** What the names of all roles of a tenant start with. */
export const tenantRolePrefix = (tenant: string): string => `fht_${tenant.replaceAll("-", "")}_`;
