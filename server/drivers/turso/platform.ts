import type { Database } from "@tursodatabase/api";
import { Semaphore } from "async-mutex";
import { decodeJwt } from "jose";
import { z } from "zod";
import { DomainError } from "@/server/kernel/errors";
import { Secret } from "@/server/kernel/secret";
import { request, type Call, type Door, type Outcome } from "./request";
import type { Patience } from "./wait";

/** A database as the platform API tells of it. */
export type Found = Pick<Database, "name" | "hostname" | "block_reads">;

export type Authorization = "full-access" | "read-only";

export interface PlatformOptions {
  /** The organization's slug. */
  organization: string;
  group: string;
  apiToken: Secret;
  /** `https://…`; without TLS on this machine only. */
  apiUrl: string;
}

/** The part of Turso's platform API that Freehold uses. Databases go by their names at Turso. */
export interface Platform {
  readonly group: string;
  /** Throws `precondition` when the group is not there or asleep. */
  requireGroup(): Promise<{ version: string | null }>;
  /** False when the name is taken. */
  create(name: string): Promise<boolean>;
  /** Null when it is not there. Throws `conflict` when it is in another group. */
  find(name: string): Promise<Found | null>;
  list(): AsyncGenerator<Found>;
  remove(name: string): Promise<void>;
  /** Null when the database is not there. The token has always an end. */
  mint(name: string, authorization: Authorization, seconds: number): Promise<Secret | null>;
  /** Good for reading in every database of the group. */
  mintForGroup(seconds: number): Promise<Secret>;
  /** Ends every token. False when the database is not there. */
  rotate(name: string): Promise<boolean>;
  /** False when the database is not there. */
  block(name: string, isBlocked: boolean): Promise<boolean>;
  /** Bytes that Turso last counted; null when the database is not there. */
  sizeBytes(name: string): Promise<number | null>;
}

const Shape = z
  .object({
    Name: z.string(),
    Hostname: z.string().regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/),
    group: z.string().optional(),
    block_reads: z.boolean().default(false),
  })
  .transform(({ Name, Hostname, group, block_reads }) => ({
    name: Name,
    hostname: Hostname,
    group,
    block_reads,
  }));
const One = z.object({ database: Shape });
const Page = z.object({
  databases: z.array(Shape).nullable(),
  pagination: z.object({ next: z.string().nullish() }).nullish(),
});
const Group = z.object({
  group: z.object({ archived: z.boolean().optional(), version: z.string().optional() }),
});
const Token = z.object({ jwt: z.string().min(1) });
const Bytes = z.object({ storage_bytes: z.number() });
const Usage = z.object({ database: z.object({ total: Bytes.optional(), usage: Bytes.optional() }) });

/** Requests under way at Turso: more would only be told to slow down. */
const atOnce = 16;
const pageSize = 100;
const mostPages = 10_000;

/** Throws `invalid` for a URL that it does not take. */
export function createPlatform(options: PlatformOptions, patience: Patience): Platform {
  const { organization, group } = options;
  const url = new URL(`v1/organizations/${encodeURIComponent(organization)}/`, baseOf(options.apiUrl));
  const door: Door = { url, token: options.apiToken, patience, places: new Semaphore(atOnce) };
  const ask = <T>(call: Call<T>): Promise<Outcome<T>> => request(door, call);
  const at = (name: string, rest = "") => `databases/${encodeURIComponent(name)}${rest}`;
  const groupPath = `groups/${encodeURIComponent(group)}`;

  return {
    group,
    async requireGroup() {
      const found = valueOf(await ask({ method: "GET", path: groupPath, answer: Group }));
      if (!found)
        throw new DomainError(
          "precondition",
          `Turso knows no group ${group} in the organization ${organization}, or the API token does not reach it.`,
        );
      if (found.group.archived)
        throw new DomainError("precondition", `The group ${group} is asleep. Wake it at Turso.`);
      return { version: found.group.version ?? null };
    },
    async create(name) {
      const { status } = await ask({ method: "POST", path: "databases", body: { name, group } });
      if (status === "missing")
        throw new DomainError("precondition", `Turso knows no group ${group} in ${organization}.`);
      return status === "done";
    },
    async find(name) {
      const found = valueOf(await ask({ method: "GET", path: at(name), answer: One }))?.database;
      if (found?.group !== undefined && found.group !== group)
        throw new DomainError("conflict", "A database of this name is in another group at Turso.");
      return found ?? null;
    },
    list: () => listPages(ask, group),
    remove: async (name) => void (await ask({ method: "DELETE", path: at(name) })),
    async mint(name, authorization, seconds) {
      const query = { expiration: durationOf(seconds), authorization };
      const given = await ask({ method: "POST", path: at(name, "/auth/tokens"), query, answer: Token });
      const token = valueOf(given);
      return token && requireEnd(token.jwt, seconds);
    },
    async mintForGroup(seconds) {
      const query = { expiration: durationOf(seconds), authorization: "read-only" };
      const path = `${groupPath}/auth/tokens`;
      const token = valueOf(await ask({ method: "POST", path, query, answer: Token }));
      if (!token) throw new DomainError("precondition", `Turso knows no group ${group} in ${organization}.`);
      return requireEnd(token.jwt, seconds);
    },
    rotate: async (name) => isDone(await ask({ method: "POST", path: at(name, "/auth/rotate") })),
    async block(name, isBlocked) {
      const body = { block_reads: isBlocked, block_writes: isBlocked };
      return isDone(await ask({ method: "PATCH", path: at(name, "/configuration"), body }));
    },
    async sizeBytes(name) {
      const given = valueOf(await ask({ method: "GET", path: at(name, "/usage"), answer: Usage }));
      const { total, usage } = given?.database ?? {};
      return given && (total ?? usage ?? { storage_bytes: 0 }).storage_bytes;
    },
  };
}

const isDone = ({ status }: Outcome<unknown>) => status === "done";

const valueOf = <T>(outcome: Outcome<T>): T | null => (outcome.status === "done" ? outcome.value : null);

async function* listPages(
  ask: <T>(call: Call<T>) => Promise<Outcome<T>>,
  group: string,
): AsyncGenerator<Found> {
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = { group, limit: String(pageSize), ...(cursor === undefined ? {} : { cursor }) };
    const given = valueOf(await ask({ method: "GET", path: "databases", query, answer: Page }));
    yield* given?.databases ?? [];
    const next = given?.pagination?.next ?? "";
    if (next === "" || next === cursor) return;
    cursor = next;
  }
}

function baseOf(apiUrl: string): URL {
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : null;
  const isNear = url !== null && ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (!url || url.username !== "" || !(url.protocol === "https:" || (url.protocol === "http:" && isNear)))
    throw new DomainError("invalid", "The address of Turso's API must be https://host.");
  return new URL("/", url);
}

/** As Turso writes spans of time: `2w1d`, `7d3h2m1s`. */
function durationOf(seconds: number): string {
  const units = [
    ["d", 86_400],
    ["h", 3_600],
    ["m", 60],
    ["s", 1],
  ] as const;
  let rest = seconds;
  let text = "";
  for (const [unit, size] of units) {
    if (rest >= size) text += `${Math.floor(rest / size)}${unit}`;
    rest %= size;
  }
  return text;
}

/** Clocks differ a little, and the answer takes a while. */
const clockSeconds = 120;

/** A token without an end would outlive every mistake, so none is passed on, whatever Turso did with the request. */
function requireEnd(jwt: string, seconds: number): Secret {
  const end = endOf(jwt);
  if (end === undefined || end > Date.now() / 1_000 + seconds + clockSeconds)
    throw new Error("Turso gave a token that does not end when it should.");
  return new Secret(jwt);
}

function endOf(jwt: string): number | undefined {
  try {
    return decodeJwt(jwt).exp;
  } catch {
    // The error may quote the token.
    return undefined;
  }
}
