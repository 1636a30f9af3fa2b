import { createAccessBook } from "@/server/connect/access-book";
import { followChanges } from "@/server/connect/change-feed";
import { createDataServer } from "@/server/data-server/server";
import type { Db } from "@/server/db/client";

/** The real data server with the registry as its book; on any free port unless one is named. */
export async function serveFiles(
  db: Db,
  directory: string,
  port = 0,
): Promise<{ url: string; close(): Promise<void> }> {
  const feed = await followChanges(db);
  const server = await createDataServer({
    directory,
    book: createAccessBook(db, feed),
    port,
    host: "127.0.0.1",
    executors: { spare: 2, most: 4 },
    usageMs: 50,
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    async close() {
      feed.stop();
      await server.close();
    },
  };
}
