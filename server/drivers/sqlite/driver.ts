import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { DatabaseIdentity, TenantDriver } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { isUuid } from "@/server/kernel/ids";
import { dropFile } from "./drop";
import { inspect } from "./inspect";
import { installPackage } from "./install";
import { installationOf, listing } from "./installation-sql";
import { databasePath, mostHandles, prepareLayout, sizeOnDisk, type Layout } from "./layout";
import { listFiles } from "./list";
import { databaseMaker } from "./maker";
import { readDatabase, type OpenDatabase } from "./read";
import { servedLogins } from "./logins";

export interface SqliteDriverOptions {
  /** Where the files are, and nothing else. Made when missing, with mode 0700. */
  directory: string;
  /** The system schema of every database. */
  migrationsFolder?: string;
  /** Where clients find the data server that serves the files, without a slash at the end. */
  dataUrl?: string;
  /** How many files are kept to be written over; 0 unless said otherwise. */
  blanks?: number;
}

type Read = <T>(identity: DatabaseIdentity, use: (open: OpenDatabase) => T | Promise<T>) => Promise<T>;
const verify = ({ path, schemaVersion }: OpenDatabase) => ({ schemaVersion, sizeBytes: sizeOnDisk(path) });

/**
 * A file in SQLite's format per tenant. Throws when the directory cannot be kept from other
 * users of the machine. Builds its template at the first creation.
 */
export function createSqliteDriver(options: SqliteDriverOptions): TenantDriver {
  const layout = prepareLayout(options.directory);
  const migrationsFolder = options.migrationsFolder ?? resolve("drizzle/tenant/migrations");
  const maker = databaseMaker(layout, { migrationsFolder, blankCount: options.blanks ?? 0 });
  let closing: Promise<unknown> | undefined;

  function admit({ tenant, databaseName }: DatabaseIdentity): string {
    if (closing) throw new Error("The driver is closed.");
    if (!isUuid(tenant)) throw new DomainError("invalid", "This is not the id of an environment.");
    return databasePath(layout, databaseName);
  }

  const read: Read = async (identity, use) => {
    admit(identity);
    return readDatabase(layout, identity.databaseName, (open) => {
      if (open.tenant === identity.tenant) return use(open);
      throw new DomainError("precondition", "The database belongs to another environment.");
    });
  };

  return {
    kind: "sqlite",
    revokes: "one",
    prepare: () => Promise.resolve({ engine: `SQLite ${process.versions["sqlite"]}` }),
    async createDatabase(identity, confirm) {
      const path = admit(identity);
      await maker.create(identity, confirm);
      return { url: pathToFileURL(path).href };
    },
    async dropDatabase(identity, confirm) {
      admit(identity);
      await dropFile(layout, identity, confirm);
    },
    async verifyDatabase(identity) {
      admit(identity);
      return maker.justMade(identity) ?? read(identity, verify);
    },
    async inspectDatabase(identity) {
      return read(identity, inspect);
    },
    ...packagesIn(layout, read),
    ...servedLogins(options.dataUrl ?? "http://localhost:3001"),
    listDatabases() {
      if (closing) throw new Error("The driver is closed.");
      return listFiles(layout);
    },
    async close() {
      closing ??= maker.close().then(() => layout.handles.acquire(mostHandles));
      await closing;
    },
  };
}

const packagesIn = (layout: Layout, read: Read) =>
  ({
    async installPackage(identity, release) {
      // What is wrong with the file is told without starting a process.
      await read(identity, () => undefined);
      await layout.handles.runExclusive(() => installPackage(layout.root, identity, release));
    },
    listInstallations: (identity) =>
      read(identity, ({ db }) => db.prepare(listing.sql).all().map(installationOf)),
  }) satisfies Partial<TenantDriver>;
