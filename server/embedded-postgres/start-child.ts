import { rmSync } from "node:fs";
import { Secret } from "@/server/kernel/secret";
import { startEmbeddedPostgres } from "./start";

/** Holds a server until it is killed, or until its input ends: then its files go too. */
const [dataDir = "", port = "", password = ""] = process.argv.slice(2);
const server = await startEmbeddedPostgres({
  dataDir,
  port: Number(port),
  password: new Secret(password),
  fsync: false,
});
process.stdout.write(`${server.port}\n`);
process.stdin.resume().once("end", () => void end());

async function end(): Promise<void> {
  await server.stop();
  // A directory of root's lies elsewhere, and nobody comes back to it.
  rmSync(server.directory, { recursive: true, force: true });
}
