import { chmodSync } from "node:fs";
import { createClient, type Client } from "@libsql/client";
import { drizzle } from "drizzle-orm/libsql";
import { env } from "@/server/kernel/env";
import { ensurePrivateDirectory } from "@/server/kernel/data-directory";
import type { Secret } from "@/server/kernel/secret";
import { singleton } from "@/server/kernel/singleton";
import { openFile } from "./file-client";
import { retryBusy, singleWriter } from "./single-writer";

/** Opens a control plane. `url` is `file:…` for the embedded one, `libsql://…` for a shared one. */
export async function openDb(url: string, authToken?: Secret) {
  if (!url.startsWith("file:")) return drizzle(createClient({ url, authToken: authToken?.reveal() }));
  const path = url.slice("file:".length);
  const open = () => openFile(path, { timeout: 20 });
  await retryBusy(() => writeAhead(open()));
  chmodSync(path, 0o600);
  return drizzle(singleWriter(open));
}

/** Makes readers and the writer independent of each other; the file keeps it. */
async function writeAhead(client: Client): Promise<void> {
  try {
    await client.execute("PRAGMA journal_mode = WAL");
  } finally {
    client.close();
  }
}

export type Db = Awaited<ReturnType<typeof openDb>>;
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];

/** Brings what was written into the file itself, so that nobody who copies that alone misses any of it, and lets go of it. */
export async function closeDb(db: Db): Promise<void> {
  if (db.$client.protocol === "file") await db.$client.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  db.$client.close();
}

/** The control plane of this process. */
export function controlDb(): Promise<Db> {
  return singleton("control-db", () => {
    const { databaseUrl, databaseAuthToken, dataDir } = env();
    if (databaseUrl.startsWith("file:")) ensurePrivateDirectory(dataDir);
    return openDb(databaseUrl, databaseAuthToken);
  });
}
