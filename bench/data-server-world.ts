import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { Agent, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { startProgram } from "./child-program";
import type { Access, AccessBook, Limits } from "@/server/data-server/access";
import { createDataServer } from "@/server/data-server/server";
import { createSqliteDriver } from "@/server/drivers/sqlite/driver";
import { databaseNameFor } from "@/server/kernel/database-name";
import { DomainError } from "@/server/kernel/errors";
import { environmentId, newId } from "@/server/kernel/ids";

const limits: Limits = {
  statementMs: 3_000,
  rows: 10_000,
  resultBytes: 10_000_000,
  sizeMb: 1_000,
  memoryMb: 256,
};

/** A data server over a directory, whose book is a map in memory. */
export async function openDataServer(directory: string) {
  const tokens = new Map<string, Access>();
  const book: AccessBook = {
    find(_target, token) {
      const access = tokens.get(token.reveal());
      return access
        ? Promise.resolve(access)
        : Promise.reject(new DomainError("unauthenticated", "The token is not valid."));
    },
    watch: () => () => {},
    used: () => Promise.resolve(),
  };
  const databases = join(directory, "databases");
  const driver = createSqliteDriver({ directory: databases });
  const server = await createDataServer({ directory: databases, book, port: 0, host: "127.0.0.1" });
  return {
    server,
    /** A new database: the address of its pipeline, and a token for it. */
    async create() {
      const tenant = environmentId(newId());
      const databaseName = databaseNameFor(tenant);
      await driver.createDatabase({ tenant, databaseName });
      const token = randomBytes(16).toString("hex");
      tokens.set(token, {
        tenant,
        databaseName,
        credentialId: newId(),
        scope: "admin",
        expiresAt: null,
        limits,
      });
      return {
        token,
        file: join(databases, `${databaseName}.db`),
        path: `/${databaseName}/v2/pipeline`,
        port: server.port,
      };
    },
    async close() {
      await server.close();
      await driver.close();
    },
  };
}

export const Doors = z.array(
  z.object({ token: z.string(), file: z.string(), path: z.string(), port: z.int() }),
);
export type Door = Omit<z.infer<typeof Doors>[number], "file">;

/** node:http that runs the same statement on the same files in its own process; `hop`: after going to another one and back. */
export async function startBare(door: z.infer<typeof Doors>[number], sql: string, hop: boolean) {
  const args = [dirname(door.file), sql, ...(hop ? ["hop"] : [])];
  const { kill, next } = startProgram("bench/data-server-bare-child.ts", args);
  const { port } = z.object({ port: z.int() }).parse(await next());
  return { port, kill };
}

/** The body of a request that runs one statement on a stream of its own. */
export const executing = (sql: string, args: readonly unknown[] = []) =>
  JSON.stringify({ baton: null, requests: [{ type: "execute", stmt: { sql, args } }, { type: "close" }] });

/** Sends a body over a connection that is kept, and gives what came back. */
export function createCaller(): { call(door: Door, body: string): Promise<Buffer>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  return {
    call: ({ token, path, port }, body) =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}`, "content-length": Buffer.byteLength(body) };
        const sent = request(
          { agent, host: "127.0.0.1", port, path, method: "POST", headers },
          (response) => {
            buffer(response).then((given) => {
              if (response.statusCode === 200) resolve(given);
              else reject(new Error(`${response.statusCode}: ${given.toString()}`));
            }, reject);
          },
        );
        sent.once("error", reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}
