import { join } from "node:path";
import { createAccessBook } from "@/server/connect/access-book";
import { changeFeed } from "@/server/connect/change-feed";
import { createDataServer } from "@/server/data-server/server";
import type { Db } from "@/server/db/client";
import { env } from "@/server/kernel/env";

/** A data server in this process, which dies with it. */
export async function serveFiles(db: Db): Promise<void> {
  const { dataDir, dataPort } = env();
  await createDataServer({
    directory: join(dataDir, "databases"),
    book: createAccessBook(db, await changeFeed(db)),
    port: dataPort,
    host: "::",
    executors: { waitMs: 60_000 },
  });
}
