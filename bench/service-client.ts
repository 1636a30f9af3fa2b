import { Pool } from "pg";
import { z } from "zod";
import { getDbInfo } from "@/server/connect/db-info";
import type { Service } from "@/server/connect/identify-service";
import { listChanges } from "@/server/connect/list-changes";
import type { Db } from "@/server/db/client";
import { credentialScopes, type Login } from "@/server/drivers/driver";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { createCaller, executing } from "./data-server-world";

const Info = z.object({
  driver: z.enum(["sqlite", "postgres"]),
  url: z.string(),
  credential: z.object({
    id: z.uuid(),
    scope: z.enum(credentialScopes),
    username: z.string().nullable(),
    secret: z.string(),
  }),
});

interface Connection {
  id: string;
  login: Login;
  ask(): Promise<void>;
  close(): Promise<void>;
}

export interface ServiceClient {
  /** One request; when the database refuses the credential, once more with the one of now. */
  ask(): Promise<void>;
  current(): Promise<Pick<Connection, "id" | "login">>;
  refetches(): number;
  close(): Promise<void>;
}

const service: Service = {
  id: newId(),
  name: "A service",
  scopes: ["connect", "changes"],
  credentialScope: "readwrite",
  expiresAt: null,
};

/** What the catalog tells a service of a tenant. */
export async function infoOf(db: Db, tenant: string): Promise<z.infer<typeof Info>> {
  const { body } = await getDbInfo(db, service, tenant);
  return Info.parse(JSON.parse(body));
}

/**
 * A service as an SDK makes it: it keeps the answer of the catalog until it is refused or, if it
 * follows the changes, hears of one.
 */
export async function createServiceClient(
  db: Db,
  tenant: string,
  { follows = true } = {},
): Promise<ServiceClient> {
  const ending = new AbortController();
  const opened: Connection[] = [];
  let kept: Promise<Connection> | undefined;
  let fetches = 0;

  async function connect(): Promise<Connection> {
    fetches++;
    const info = await infoOf(db, tenant);
    const known = opened.find(({ id }) => id === info.credential.id);
    if (known) return known;
    // What the old one is doing ends in peace.
    for (const old of opened.splice(0)) void old.close();
    const connection = open(info);
    opened.push(connection);
    return connection;
  }

  const confirm = () => Promise.resolve();
  async function follow(): Promise<void> {
    for (let since: number | null = null; !ending.signal.aborted;) {
      const found = await listChanges(db, { since, waitSeconds: 5, confirm }, ending.signal);
      since = found.next;
      if (found.reset || found.changes.some((change) => change.tenant === tenant)) kept = undefined;
    }
  }

  const following = follows ? follow() : undefined;
  return {
    async ask() {
      const using = (kept ??= connect());
      try {
        await (await using).ask();
      } catch {
        if (kept === using) kept = undefined;
        await (await (kept ??= connect())).ask();
      }
    },
    current: () => (kept ??= connect()),
    refetches: () => fetches,
    async close() {
      ending.abort();
      await following;
      await Promise.all(opened.map((connection) => connection.close()));
    },
  };
}

function open({ driver, url, credential }: z.infer<typeof Info>): Connection {
  const { id, scope } = credential;
  const audience = "services" as const;
  const secret = new Secret(credential.secret);
  const login = { credentialId: id, audience, scope, expiresAt: null, secret };
  const reach = driver === "sqlite" ? reachFile(url, credential.secret) : reachPostgres(url, credential);
  return { id, login, ...reach };
}

type Reach = Pick<Connection, "ask" | "close">;

function reachFile(url: string, token: string): Reach {
  const caller = createCaller();
  const { port, pathname } = new URL(url);
  const door = { token, port: Number(port), path: `${pathname}v2/pipeline` };
  return {
    ask: async () => void (await caller.call(door, executing("SELECT tenant_id FROM sys_stamp"))),
    // Requests that are under way keep their connection.
    close: async () => undefined,
  };
}

function reachPostgres(
  url: string,
  { username, secret }: { username: string | null; secret: string },
): Reach {
  const address = new URL(url);
  const pool = new Pool({
    host: address.hostname,
    port: Number(address.port),
    database: address.pathname.slice(1),
    user: username ?? "",
    password: secret,
    ssl: false,
    max: 5,
  });
  pool.on("error", () => undefined);
  return { ask: async () => void (await pool.query("SELECT 1")), close: () => pool.end() };
}
