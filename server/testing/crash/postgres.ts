import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "@/bench/free-port";
import { readPostmaster } from "@/server/embedded-postgres/postmaster";
import { startEmbeddedPostgres } from "@/server/embedded-postgres/start";
import { Secret } from "@/server/kernel/secret";

/** One Postgres for all rounds, outside of the processes that are killed. `restart` on its input crashes it and starts it again. */
const [dataDir = ""] = process.argv.slice(2);
const options = { dataDir, port: await freePort(), password: new Secret("crash"), fsync: false };
let server = await startEmbeddedPostgres(options);
process.stdout.write(`${server.adminUrl.reveal()}\n`);
const lines = createInterface({ input: process.stdin });
lines.on("line", () => void (restarting = restarting.then(restart)));
let restarting = Promise.resolve();
await once(lines, "close");
await restarting;
await server.stop();
rmSync(server.directory, { recursive: true, force: true });
process.exit(0);

async function restart(): Promise<void> {
  const postmaster = readPostmaster(join(server.directory, "data"));
  if (postmaster) process.kill(postmaster.pid, "SIGQUIT");
  await server.stop();
  server = await startEmbeddedPostgres(options);
}
