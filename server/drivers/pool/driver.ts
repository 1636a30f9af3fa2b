import type { ClientBase } from "pg";
import { parseServerUrl } from "@/server/drivers/postgres/server-url";
import type { Address, DatabaseIdentity, TenantDriver } from "@/server/drivers/driver";
import { requireNames } from "@/server/drivers/postgres/names";
import type { Secret } from "@/server/kernel/secret";
import type { Release } from "@/server/packages/content";
import { findUnsafe, type Finding } from "@/server/packages/tenant-safe/check";
import { findLoose } from "@/server/packages/tenant-safe/check-fence";
import { canaryTenants } from "./canary";
import { createPool } from "./create-pool";
import { dropPool } from "./drop-pool";
import { dropTenant } from "./drop-tenant";
import { endHoarders } from "./end-hoarders";
import { inspectTenant } from "./inspect";
import { declaredIn, installRelease } from "./install";
import { keepLogins } from "./keep-logins";
import { installLogin, listLogins, mintSecret, resumeTenant, revokeLogin, suspendTenant } from "./logins";
import { tenantRoleOf } from "./names";
import { forAllTenants, listInstallations } from "./installations";
import { openPool, type OpenPool } from "./open";
import { sampleTenants, setLimits, type GrantedLimits, type TenantLimits, type TenantSample } from "./sample";
import type { PoolSecrets } from "@/server/kernel/pool-secrets";
import { createTenant, listTenants, verifyTenant } from "./tenants";
import { verifyLogin } from "./verify-login";

export interface PoolDriverOptions {
  /** `postgresql://user:password@host[:port][/database][?sslmode=…]` of a superuser. */
  adminUrl: Secret;
  /** `postgresql://host[:port][?sslmode=…]` where clients find the same server. */
  publicUrl: string;
  /** PEM; for a server whose certificate no public authority has signed. */
  caCertificate?: string;
  /** The pool's own database, as `poolNameFor` names it. */
  databaseName: string;
  secrets: PoolSecrets;
}

/** What a login did, and what became of it in a sentence. */
export interface Disorder {
  rule: "table-hoarded" | "login-changed";
  /** The login. */
  object: string;
  problem: string;
}

/** A pool, beside what it does for each tenant. */
export interface PoolDriver extends TenantDriver {
  /** Makes the pool, or completes what was interrupted. */
  createPool(): Promise<void>;
  /** Removes the pool with everything and everybody in it. */
  dropPool(): Promise<void>;
  /** Brings a package to this release for all tenants; gives the files that it applied. */
  installRelease(release: Release): Promise<string[]>;
  /** Everything in the pool that is not as it must be. */
  findUnsafe(): Promise<Finding[]>;
  /** Undoes what logins did to be in the way of others, and gives what it found. */
  keepOrder(): Promise<Disorder[]>;
  /** Reads the pool's catalogs, as one who may see all of them. */
  readCatalogs<T>(use: (client: ClientBase) => Promise<T>): Promise<T>;
  /** Limits count from now on, against what was measured last; gives what that was. */
  setLimits(identity: DatabaseIdentity, limits: TenantLimits): Promise<TenantSample>;
  /** What every tenant takes. `grants` is asked once everything is counted; its limits count from then on. */
  sampleTenants(grants?: () => Promise<readonly GrantedLimits[]>): Promise<TenantSample[]>;
  /** Where services find all tenants of the pool, with the login that they share. */
  servicesAddress(scope: "readonly" | "readwrite"): Address;
}

/**
 * Tenants that share one Postgres database, each behind the same fences. The secret of a
 * credential for services is the key that they sign the tenant's contexts with.
 */
export function createPoolDriver(options: PoolDriverOptions): PoolDriver {
  const adminUrl = parseServerUrl(options.adminUrl.reveal(), options.caCertificate);
  const place = parseServerUrl(options.publicUrl, options.caCertificate);
  const { databaseName, secrets } = options;
  const pool = openPool({ adminUrl, place, databaseName, secrets });
  const url = `postgresql://${place.host.includes(":") ? `[${place.host}]` : place.host}:${place.port}/${databaseName}`;
  const { open, close, run } = lifetimeOf(pool);

  return {
    kind: "postgres",
    revokes: "one",
    prepare: () => open((at) => createPool(at).then(() => engineOf(at))),
    createPool: () => open(createPool),
    dropPool: () => open(dropPool),
    installRelease: (release) => open((at) => installRelease(at, release)),
    findUnsafe: () => open(check),
    keepOrder: () => open(keepOrder),
    readCatalogs: (use) => open((at) => at.inside.asAdmin(use)),
    setLimits: (identity, limits) => run(identity, (at) => setLimits(at, identity, limits)),
    sampleTenants: (grants) => open((at) => sampleTenants(at, grants)),
    servicesAddress: (scope) => ({ url, username: pool.roles[scope] }),
    createDatabase: (identity, confirm) =>
      run(identity, async (at) => {
        await confirm?.();
        await create(at, identity);
        return { url };
      }),
    dropDatabase: (identity, confirm) => run(identity, (at) => dropTenant(at, identity, confirm)),
    verifyDatabase: (identity) => run(identity, (at) => verifyTenant(at, identity)),
    installPackage: () => Promise.reject(forAllTenants()),
    listInstallations: (identity) => run(identity, listInstallations),
    inspectDatabase: (identity) => run(identity, (at) => inspectTenant(at, identity)),
    mintSecret: (identity, login) => run(identity, async (at) => mintSecret(at, identity, login)),
    installLogin: (identity, login) => run(identity, (at) => installLogin(at, identity, login)),
    verifyLogin: (identity, login) => run(identity, (at) => verifyLogin(at, identity, login)),
    revokeLogin: (identity, credentialId) => run(identity, (at) => revokeLogin(at, identity, credentialId)),
    listLogins: (identity) => run(identity, (at) => listLogins(at, identity)),
    suspendDatabase: (identity) => run(identity, (at) => suspendTenant(at, identity)),
    resumeDatabase: (identity) => run(identity, (at) => resumeTenant(at, identity)),
    address: (identity, credentialId) => ({ url, username: tenantRoleOf(identity, credentialId) }),
    listDatabases: () => listTenants(pool, new Set(canaryTenants(databaseName).map(({ tenant }) => tenant))),
    close,
  };
}

function lifetimeOf(pool: OpenPool) {
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;

  async function open<T>(use: (at: OpenPool) => Promise<T>): Promise<T> {
    if (closing) throw new Error("The driver is closed.");
    const running = use(pool);
    underWay.add(running);
    return running.finally(() => underWay.delete(running));
  }

  return {
    open,
    async run<T>(identity: DatabaseIdentity, use: (at: OpenPool) => Promise<T>): Promise<T> {
      requireNames(identity);
      return open(use);
    },
    /** Waits for what has begun. */
    async close() {
      closing ??= Promise.allSettled(underWay).then(() => pool.close());
      await closing;
    },
  };
}

/** A removal of the same tenant that was interrupted is finished first. */
async function create(pool: OpenPool, identity: DatabaseIdentity): Promise<void> {
  while (!(await createTenant(pool, identity))) await dropTenant(pool, identity);
}

async function keepOrder(pool: OpenPool): Promise<Disorder[]> {
  const hoarders = await endHoarders(pool);
  const changed = await keepLogins(pool);
  return [
    ...hoarders.map((login) => ({
      rule: "table-hoarded" as const,
      object: login,
      problem: `${login} locked a table for itself and was ended.`,
    })),
    ...changed.map((login) => ({
      rule: "login-changed" as const,
      object: login,
      problem: `${login} had another password or other settings and was put back.`,
    })),
  ];
}

async function engineOf({ inside }: OpenPool): Promise<{ engine: string }> {
  return inside.asAdmin(async (client) => {
    const { rows } = await client.query<{ engine: string }>(
      "SELECT 'PostgreSQL ' || current_setting('server_version') AS engine",
    );
    return { engine: rows[0]?.engine ?? "PostgreSQL" };
  });
}

async function check(pool: OpenPool): Promise<Finding[]> {
  return pool.inside.asAdmin(async (client) => {
    await client.query("BEGIN READ ONLY");
    try {
      const declared = await declaredIn(client, pool);
      await client.query("SELECT set_config('search_path', 'pg_catalog', true)");
      return [...(await findUnsafe(client, declared)), ...(await findLoose(client))];
    } finally {
      await client.query("ROLLBACK");
    }
  });
}
