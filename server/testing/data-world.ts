import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll } from "vitest";
import { createSqliteDriver } from "@/server/drivers/sqlite/driver";
import type { CredentialScope, DatabaseIdentity } from "@/server/drivers/driver";
import { databaseNameFor } from "@/server/kernel/database-name";
import { DomainError } from "@/server/kernel/errors";
import { environmentId, newId, type EnvironmentId } from "@/server/kernel/ids";
import type { Access, AccessBook, Limits, Usage } from "@/server/data-server/access";
import { createDataServer, type DataServerOptions } from "@/server/data-server/server";

export const usualLimits: Limits = {
  statementMs: 30_000,
  rows: 10_000,
  resultBytes: 5_000_000,
  sizeMb: 100,
  memoryMb: 256,
};

/** Who may open what, as plain data. */
function createPlainBook() {
  const tokens = new Map<string, Access>();
  const hostnames = new Map<string, EnvironmentId>();
  const inactive = new Set<EnvironmentId>();
  const samples: Usage[] = [];
  const watchers = new Set<(tenant: EnvironmentId | "all") => void>();
  const changed = (tenant: EnvironmentId | "all") => watchers.forEach((tell) => tell(tenant));
  const book: AccessBook = {
    async find(target, token) {
      const access = tokens.get(token.reveal());
      if (!access) throw new DomainError("unauthenticated", "The token is not valid.");
      const { tenant, databaseName } = access;
      const isNamed =
        "database" in target
          ? target.database === databaseName || target.database === tenant
          : hostnames.get(target.hostname) === tenant;
      if (!isNamed) throw new DomainError("not_found", "There is no such database.");
      if (inactive.has(tenant)) throw new DomainError("tenant_inactive", "The environment is suspended.");
      return access;
    },
    watch(tell) {
      watchers.add(tell);
      return () => watchers.delete(tell);
    },
    used: async (given) => void samples.push(...given),
  };
  return { book, tokens, hostnames, inactive, samples, changed };
}

/** A data server over real files, with a book that the caller writes in. */
export async function openDataWorld(directory: string, options: Partial<DataServerOptions> = {}) {
  const driver = createSqliteDriver({ directory });
  const plain = createPlainBook();
  const server = await createDataServer({
    directory,
    book: plain.book,
    port: 0,
    host: "127.0.0.1",
    usageMs: 50,
    ...options,
    // Tests do not wait for a quiet machine.
    executors: { waitMs: 60_000, ...options.executors },
  });

  function issue(identity: DatabaseIdentity, scope: CredentialScope, limits: Partial<Limits> = {}): string {
    const token = `fhd_${randomBytes(16).toString("hex")}`;
    const access = {
      ...identity,
      credentialId: newId(),
      scope,
      expiresAt: null,
      limits: { ...usualLimits, ...limits },
    };
    plain.tokens.set(token, access);
    return token;
  }

  return {
    ...plain,
    directory,
    server,
    driver,
    issue,
    /** A new database; `url` is where a client finds it. */
    async create(limits: Partial<Limits> = {}) {
      const tenant = environmentId(newId());
      const identity = { tenant, databaseName: databaseNameFor(tenant) };
      await driver.createDatabase(identity);
      return {
        identity,
        token: issue(identity, "admin", limits),
        url: `http://127.0.0.1:${server.port}/${identity.databaseName}/`,
        path: `${directory}/${identity.databaseName}.db`,
      };
    },
    async close() {
      await server.close();
      await driver.close();
    },
  };
}

export type DataWorld = Awaited<ReturnType<typeof openDataWorld>>;
export type Database = Awaited<ReturnType<DataWorld["create"]>>;

/** A world for the tests of one file. */
export function useDataWorld(options: Partial<DataServerOptions> = {}): () => Promise<DataWorld> {
  const scratch = mkdtempSync(join(tmpdir(), "freehold-data-"));
  let world: Promise<DataWorld> | undefined;
  afterAll(async () => {
    await (await world)?.close();
    rmSync(scratch, { recursive: true, force: true });
  });
  return () => (world ??= openDataWorld(join(scratch, "databases"), options));
}

interface Raw {
  method?: string;
  path?: string;
  /** As a list they are sent as they are, names and values by turns. */
  headers?: Record<string, string> | string[];
  body?: string | Buffer;
}

/** A request as it is written, and what comes back. */
export function send(url: string, { method = "POST", path, headers = {}, body }: Raw) {
  const { hostname, port, pathname } = new URL(url);
  return new Promise<{ status: number; text: string; headers: Record<string, unknown> }>(
    (resolve, reject) => {
      const request = httpRequest({ hostname, port, path: path ?? pathname, method, headers, agent: false });
      request.once("error", reject);
      request.once("response", (response) => {
        text(response).then(
          (given) => resolve({ status: response.statusCode ?? 0, text: given, headers: response.headers }),
          reject,
        );
      });
      request.end(body);
    },
  );
}

export interface Pipeline {
  status: number;
  baton: string | null;
  /** Of each request the response, or the error. */
  results: {
    type: "ok" | "error";
    response: Record<string, unknown>;
    error: { code: string; message: string };
  }[];
  /** Of the whole, when it was refused. */
  code: string;
  message: string;
}

/** Sends requests of Hrana to a database. */
export async function pipeline(
  { url, token }: { url: string; token: string },
  requests: unknown,
  { baton = null, version = "v3" }: { baton?: unknown; version?: string } = {},
): Promise<Pipeline> {
  const headers = { authorization: `Bearer ${token}` };
  const { status, text: given } = await send(`${url}${version}/pipeline`, {
    headers,
    body: JSON.stringify({ baton, requests }),
  });
  return { status, ...(JSON.parse(given) as Omit<Pipeline, "status">) };
}

export const execute = (sql: string, args: unknown[] = []) => ({ type: "execute", stmt: { sql, args } });

/** Runs one statement and gives its rows of plain values, or throws its error. */
export async function query(database: { url: string; token: string }, sql: string): Promise<unknown[][]> {
  const answer = await pipeline(database, [execute(sql), { type: "close" }]);
  const [result] = answer.results ?? [];
  if (!result || result.type === "error") throw Object.assign(new Error(), result?.error ?? answer);
  const { rows } = result.response["result"] as { rows: { value?: unknown; base64?: string }[][] };
  return rows.map((row) => row.map(({ value, base64 }) => value ?? base64 ?? null));
}
