import { copyFileSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { v4 } from "uuid";
import { createSigner, type Authorization, type Signer } from "./tokens";

/** A database as the double has it. */
export interface CloudDatabase {
  name: string;
  id: string;
  hostname: string;
  group: string;
  path: string;
  signer: Signer;
  blockReads: boolean;
  blockWrites: boolean;
  /** So many requests are answered as if it were not there yet. */
  unseen: { api: number; data: number };
  /** So many requests are still answered as before its keys or its blocks changed. */
  late: { left: number; before: Pick<CloudDatabase, "signer" | "blockReads"> } | null;
}

/** What there is, and how slowly it shows. */
export interface Cloud {
  organization: string;
  /** Names of groups, and whether they are asleep. */
  groups: Map<string, { isAsleep: boolean; signer: Signer }>;
  databases: Map<string, CloudDatabase>;
  apiTokens: Set<string>;
  /** Milliseconds that the databases' clock is ahead. */
  aheadMs: number;
  /** How many requests it takes until a change shows everywhere. */
  lag: { api: number; data: number };
  now(): number;
  make(name: string, group: string, hostname: string): Promise<CloudDatabase>;
  remove(database: CloudDatabase): void;
  sizeBytes(database: CloudDatabase): number;
}

export async function createCloud(directory: string): Promise<Cloud> {
  mkdirSync(directory, { recursive: true });
  const blank = join(directory, "blank.db");
  makeBlank(blank);
  const now = () => Date.now();
  const group = async (name: string) =>
    [name, { isAsleep: false, signer: await createSigner(name, now) }] as const;
  const cloud: Cloud = {
    organization: "acme",
    groups: new Map([await group("default"), await group("other")]),
    databases: new Map(),
    apiTokens: new Set(["turso-api-token-canary-4711"]),
    aheadMs: 0,
    lag: { api: 0, data: 0 },
    now,
    async make(name, groupName, hostname) {
      const id = v4();
      const path = join(directory, `${id}.db`);
      copyFileSync(blank, path);
      return {
        name,
        id,
        hostname,
        group: groupName,
        path,
        signer: await createSigner(id, now),
        blockReads: false,
        blockWrites: false,
        unseen: { ...cloud.lag },
        late: null,
      };
    },
    remove(database) {
      cloud.databases.delete(database.name);
      for (const suffix of ["", "-wal", "-shm"]) rmSync(database.path + suffix, { force: true });
    },
    sizeBytes: ({ path }) => statSync(path).size,
  };
  return cloud;
}

/** Turso's files have a header from the beginning, and log their writes. */
function makeBlank(path: string): void {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (a); DROP TABLE t");
  db.close();
}

/** What the token may do with the database now, or null. */
export async function authorizationOf(
  cloud: Cloud,
  database: CloudDatabase,
  token: string,
): Promise<Authorization | null> {
  const at = Date.now() + cloud.aheadMs;
  const signer = database.late?.before.signer ?? database.signer;
  return (await signer.check(token, at)) ?? cloud.groups.get(database.group)?.signer.check(token, at) ?? null;
}
