import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import type { DatabaseIdentity, TenantDriver, VerifiedDatabase } from "@/server/drivers/driver";
import { DomainError } from "@/server/kernel/errors";
import { Secret } from "@/server/kernel/secret";
import { createDatabase } from "./create";
import { dropDatabase } from "./drop";
import { inspect } from "./inspect";
import { installPackage, listInstallations } from "./install";
import { installLogin } from "./install-login";
import { listDatabases } from "./list";
import { requireNames, roleOf } from "./names";
import { observeUse } from "./observe-use";
import { readDatabase } from "./read";
import { revokeLogin } from "./revoke-login";
import { listLogins } from "./roles";
import { connectServer, type Server } from "./server";
import { parseServerUrl } from "./server-url";
import { resumeDatabase, suspendDatabase } from "./suspend";
import { readSystemSchema } from "./system-schema";
import { templateOf } from "./template";
import { testPostgresConnection } from "./test-connection";
import { verifyLogin } from "./verify-login";
import { warmPool } from "./warm";

export interface PostgresDriverOptions {
  /** `postgresql://user:password@host[:port][/database][?sslmode=…]` of a superuser. */
  adminUrl: Secret;
  /** `postgresql://host[:port][?sslmode=…]` where clients find the same server. */
  publicUrl: string;
  /** PEM; for a server whose certificate no public authority has signed. */
  caCertificate?: string;
  /** Whether the server may be on this machine or in a private network. */
  allowPrivate?: boolean;
  /** How many databases to make in advance. */
  warm?: number;
}

const verified = ({ schemaVersion, sizeBytes }: VerifiedDatabase) => ({ schemaVersion, sizeBytes });
type Run = <T>(identity: DatabaseIdentity, use: (server: Server) => Promise<T>) => Promise<T>;

/**
 * A database of a Postgres server per tenant, with a role per login. Connects with the first
 * call. Throws `invalid` for a URL that it does not take.
 */
export function createPostgresDriver(options: PostgresDriverOptions): TenantDriver {
  const { adminUrl, place } = readUrls(options);
  const connected = connectServer(adminUrl);
  const schema = readSystemSchema(resolve("drizzle/tenant/postgres"));
  let closing: Promise<void> | undefined;
  const templateName = templateOf(connected, schema);
  const warm = warmPool(connected, { size: options.warm ?? 0, hash: schema.hash, templateName });
  const underWay = new Set<Promise<unknown>>();

  function open(): Server {
    if (closing) throw new Error("The driver is closed.");
    return connected;
  }

  /** Closing waits for what has begun. */
  const run: Run = async (identity, use) => {
    requireNames(identity);
    const running = use(open());
    underWay.add(running);
    return running.finally(() => underWay.delete(running));
  };

  return {
    kind: "postgres",
    revokes: "one",
    prepare: () => prepare(options, open, templateName),
    createDatabase: (identity, confirm) =>
      run(identity, async (server) => {
        await createDatabase({ server, warm, templateName }, identity, confirm);
        warm.refill();
        return { url: urlOf(place, identity.databaseName) };
      }),
    dropDatabase: (identity, confirm) => run(identity, (server) => dropDatabase(server, identity, confirm)),
    verifyDatabase: (identity) => run(identity, (server) => readDatabase(server, identity, verified)),
    inspectDatabase: (identity) => run(identity, (server) => readDatabase(server, identity, inspect)),
    mintSecret: async () => new Secret(randomBytes(32).toString("base64url")),
    installLogin: (identity, login) => run(identity, (server) => installLogin(server, identity, login)),
    verifyLogin: (identity, login) => run(identity, () => verifyLogin(place, identity, login)),
    revokeLogin: (identity, credentialId) =>
      run(identity, (server) => revokeLogin(server, identity, credentialId)),
    listLogins: (identity) => run(identity, (server) => listLogins(server, identity)),
    ...packagesBy(run, templateName),
    suspendDatabase: (identity) => run(identity, (server) => suspendDatabase(server, identity)),
    resumeDatabase: (identity) => run(identity, (server) => resumeDatabase(server, identity)),
    observeUse: () => observeUse(open()),
    address: ({ databaseName }, credentialId) => ({
      url: urlOf(place, databaseName),
      username: roleOf(credentialId),
    }),
    listDatabases: () => listDatabases(open(), schema.hash),
    async close() {
      closing ??= Promise.allSettled(underWay)
        .then(() => warm.close())
        .then(() => connected.close());
      await closing;
    },
  };
}

const packagesBy = (run: Run, makeTemplate: () => Promise<unknown>) =>
  ({
    installPackage: (identity, release) =>
      run(identity, async (server) => {
        // Making the template also makes the roles of the server.
        await makeTemplate();
        await installPackage(server, identity, release);
      }),
    listInstallations: (identity) => run(identity, (server) => listInstallations(server, identity)),
  }) satisfies Partial<TenantDriver>;

/** Looks whether the server can be used, and makes the template that databases are copies of. */
async function prepare(
  { adminUrl, caCertificate, allowPrivate = false }: PostgresDriverOptions,
  open: () => Server,
  makeTemplate: () => Promise<unknown>,
): Promise<{ engine: string }> {
  open();
  const { version } = await testPostgresConnection(adminUrl.reveal(), {
    allowPrivate,
    ...(caCertificate === undefined ? {} : { caCertificate }),
  });
  await makeTemplate();
  return { engine: `PostgreSQL ${version}` };
}

function readUrls({ adminUrl: admin, publicUrl, caCertificate }: PostgresDriverOptions) {
  const adminUrl = parseServerUrl(admin.reveal(), caCertificate);
  if (adminUrl.user === "" || adminUrl.password === "")
    throw new DomainError("invalid", "The URL of the Postgres server must name a user and a password.");
  const place = parseServerUrl(publicUrl, caCertificate);
  if (place.user !== "" || place.password !== "")
    throw new DomainError("invalid", "The address for clients must not hold a user or a password.");
  return { adminUrl, place };
}

function urlOf({ host, port }: { host: string; port: number }, databaseName: string): string {
  return `postgresql://${host.includes(":") ? `[${host}]` : host}:${port}/${databaseName}`;
}
