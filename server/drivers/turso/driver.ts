import { resolve } from "node:path";
import type { DatabaseIdentity, TenantDriver } from "@/server/drivers/driver";
import { readMigrations } from "@/server/drivers/sqlite/migrations";
import { DomainError } from "@/server/kernel/errors";
import { createDatabase } from "./create";
import { dropDatabase } from "./drop";
import { read, type Turso } from "./enter";
import { inspect } from "./inspect";
import { installPackage, listInstallations } from "./install";
import { listDatabases } from "./list";
import { endLogins, mintSecret, resumeDatabase, suspendDatabase, verifyLogin } from "./logins";
import { requireNames, tursoName } from "./names";
import { urlOf } from "./open";
import { createPlatform, type PlatformOptions } from "./platform";
import { readSchemaVersion } from "./read";
import { missing } from "./turso-errors";
import { usualPatience, type Patience } from "./wait";

type Run = <T>(identity: DatabaseIdentity, use: () => Promise<T>) => Promise<T>;

export interface TursoDriverOptions extends Omit<PlatformOptions, "apiUrl"> {
  /** Turso's own when left out. */
  apiUrl?: string;
  patience?: Partial<Patience>;
}

const tursoApi = "https://api.turso.tech";

/**
 * A database of a Turso group per tenant, named `env-<hex>`. Turso can end all tokens of a database
 * or none, hence `revokes: "all"`: with one login every other ends too, for a short while with an
 * outage. Its tokens are read-only or full access: `readwrite` may therefore change the schema, and
 * whoever may write may write Freehold's own tables. Every token has an end, after 30 days where a
 * credential has none. While a database is suspended Freehold cannot look inside either. Throws
 * `precondition` for what a person has to mend, and plain errors for what may go well the next time.
 */
export function createTursoDriver(options: TursoDriverOptions): TenantDriver {
  const patience = { ...usualPatience, ...options.patience };
  const apiUrl = options.apiUrl ?? tursoApi;
  const platform = createPlatform({ ...options, apiUrl }, patience);
  const scheme = apiUrl.startsWith("https:") ? "https" : "http";
  const turso: Turso = { platform, scheme, patience, hostnames: new Map() };
  const migrations = readMigrations(resolve("drizzle/tenant/migrations"));
  const underWay = new Set<Promise<unknown>>();
  let closing: Promise<unknown> | undefined;

  function open(): Turso {
    if (closing) throw new Error("The driver is closed.");
    return turso;
  }

  /** Closing waits for what has begun. */
  const run: Run = async (identity, use) => {
    requireNames(identity);
    open();
    const running = use();
    underWay.add(running);
    return running.finally(() => underWay.delete(running));
  };

  return {
    kind: "turso",
    revokes: "all",
    async prepare() {
      const { version } = await open().platform.requireGroup();
      return { engine: `Turso, group ${options.group}${version ? `, libSQL ${version}` : ""}` };
    },
    createDatabase: (identity, confirm) =>
      run(identity, () => createDatabase(turso, identity, migrations, confirm)),
    dropDatabase: (identity, confirm) => run(identity, () => dropDatabase(turso, identity, confirm)),
    verifyDatabase: (identity) =>
      run(identity, async () => {
        const schemaVersion = await read(turso, identity, readSchemaVersion);
        return { schemaVersion, sizeBytes: await sizeOf(turso, identity) };
      }),
    inspectDatabase: (identity) =>
      run(identity, () =>
        read(turso, identity, async (client, stamp) => inspect(client, stamp, await sizeOf(turso, identity))),
      ),
    ...loginsBy(turso, run),
    installPackage: (identity, release) => run(identity, () => installPackage(turso, identity, release)),
    listInstallations: (identity) => run(identity, () => listInstallations(turso, identity)),
    address({ databaseName }) {
      const hostname = turso.hostnames.get(databaseName);
      if (hostname === undefined)
        throw new DomainError("precondition", "Turso has not told yet where this database is.");
      return { url: urlOf(turso, hostname), username: null };
    },
    listDatabases: () => listDatabases(open()),
    async close() {
      closing ??= Promise.allSettled(underWay);
      await closing;
    },
  };
}

async function sizeOf({ platform }: Turso, { databaseName }: DatabaseIdentity): Promise<number> {
  const sizeBytes = await platform.sizeBytes(tursoName(databaseName));
  if (sizeBytes === null) throw missing();
  return sizeBytes;
}

const loginsBy = (turso: Turso, run: Run) =>
  ({
    mintSecret: (identity, login) => run(identity, () => mintSecret(turso, identity, login)),
    // Whoever has a token is in: there is no list at Turso to put it on.
    installLogin: (identity) => run(identity, () => Promise.resolve()),
    verifyLogin: (identity, login) => run(identity, () => verifyLogin(turso, identity, login)),
    revokeLogin: (identity) => run(identity, () => endLogins(turso, identity)),
    listLogins: (identity) => run(identity, () => Promise.resolve(null)),
    suspendDatabase: (identity) => run(identity, () => suspendDatabase(turso, identity)),
    resumeDatabase: (identity) => run(identity, () => resumeDatabase(turso, identity)),
  }) satisfies Partial<TenantDriver>;
