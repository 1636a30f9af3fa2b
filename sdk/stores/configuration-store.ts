import { FreeholdError } from "../errors/freehold-error.ts";
import type { TenantReference } from "../resolution/hint.ts";
import type { ConnectionStore, TenantConnection, TenantEntry, TenantStore } from "./tenant-store.ts";
import { withSecret } from "./with-secret.ts";

/** A tenant as a configuration names it. */
export interface ConfiguredTenant {
  /** The tenant's id. In a configuration that stands alone it may be any canonical name. */
  tenant: string;
  /** Names that mean the same tenant: `acme`. */
  names?: readonly string[];
  /** Hosts that mean the same tenant, in lower case and without a port. */
  hosts?: readonly string[];
  organization?: string;
  environment?: string;
  status?: TenantEntry["status"];
  isolation?: TenantEntry["isolation"];
  driver?: TenantEntry["driver"];
  region?: string;
  /** Where its data is, when no control plane says so. */
  connection?: {
    url: string;
    username?: string;
    secret: string;
    scope?: TenantConnection["credential"]["scope"];
    context?: TenantConnection["context"];
    schemaVersions?: Readonly<Record<string, string>>;
  };
}

interface Configured {
  entry: TenantEntry;
  connection: TenantConnection | null;
}

/** The tenants of a configuration: they are all known from the start, and change with the process. */
export class ConfigurationStore implements TenantStore, ConnectionStore {
  readonly #byReference = new Map<string, Configured>();

  /** Throws when two tenants have an id, a name or a host in common. */
  constructor(tenants: readonly ConfiguredTenant[]) {
    for (const given of tenants) {
      const configured = { entry: entryOf(given), connection: connectionOf(given) };
      this.#add({ by: "id", value: given.tenant }, configured);
      for (const value of given.names ?? []) this.#add({ by: "name", value }, configured);
      for (const value of given.hosts ?? []) this.#add({ by: "host", value }, configured);
    }
  }

  peek(reference: TenantReference): TenantEntry | null {
    return this.#find(reference)?.entry ?? null;
  }

  find(reference: TenantReference): Promise<TenantEntry | null> {
    return Promise.resolve(this.peek(reference));
  }

  async connection(tenant: string): Promise<TenantConnection> {
    const found = this.#find({ by: "id", value: tenant });
    if (!found?.connection) throw new FreeholdError("not_found", "There is no such tenant.");
    if (found.entry.status !== "active")
      throw new FreeholdError("tenant_inactive", `The environment is ${found.entry.status}.`);
    return found.connection;
  }

  peekConnection(tenant: string): TenantConnection | null | undefined {
    const found = this.#find({ by: "id", value: tenant });
    if (!found?.connection) return null;
    return found.entry.status === "active" ? found.connection : undefined;
  }

  /** A configuration knows nothing else. */
  doubt(): void {}

  /** Nothing changes. */
  onChange(): () => void {
    return () => {};
  }

  async close(): Promise<void> {}

  #find({ by, value }: TenantReference): Configured | undefined {
    const found = this.#byReference.get(`${by} ${value}`);
    // An id that is a name as well, in a configuration that stands alone.
    return found ?? (by === "name" ? this.#byReference.get(`id ${value}`) : undefined);
  }

  #add({ by, value }: TenantReference, configured: Configured): void {
    const key = `${by} ${value}`;
    if (this.#byReference.has(key)) throw new Error(`The configuration has the ${by} ${value} twice.`);
    this.#byReference.set(key, configured);
  }
}

function entryOf(given: ConfiguredTenant): TenantEntry {
  return {
    tenant: given.tenant,
    organization: given.organization ?? given.tenant,
    environment: given.environment ?? "production",
    status: given.status ?? "active",
    epoch: 0,
    isolation: given.isolation ?? "dedicated",
    driver: given.driver ?? "postgres",
    region: given.region ?? "",
  };
}

function connectionOf(given: ConfiguredTenant): TenantConnection | null {
  if (!given.connection) return null;
  const { url, username = null, secret, scope = "readwrite", context = null } = given.connection;
  const { tenant, isolation, driver, region, epoch } = entryOf(given);
  return {
    tenant,
    isolation,
    driver,
    region,
    epoch,
    url,
    credential: withSecret({ id: tenant, generation: 1, scope, username, expiresAt: null }, "secret", secret),
    context: context && withSecret({ ...context }, "key", context.key),
    schemaVersions: given.connection.schemaVersions ?? {},
    limits: { statementMs: Infinity, rows: Infinity, resultBytes: Infinity, sizeMb: Infinity },
  };
}
