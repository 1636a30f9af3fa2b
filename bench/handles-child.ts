import { readdirSync } from "node:fs";
import { databaseNameFor } from "@/server/kernel/database-name";
import type { DatabaseIdentity } from "@/server/drivers/driver";
import { createSqliteDriver } from "@/server/drivers/sqlite/driver";
import { environmentId, newId } from "@/server/kernel/ids";
import { throughput } from "./measure";

const [directory = "", databases = "0", opens = "0"] = process.argv.slice(2);
const driver = createSqliteDriver({ directory });
const identities: DatabaseIdentity[] = [];

await throughput(Number(databases), 16, async () => {
  const tenant = environmentId(newId());
  const identity = { tenant, databaseName: databaseNameFor(tenant) };
  await driver.createDatabase(identity);
  identities.push(identity);
});

let errors = 0;
let fds = 0;
let turn = 0;
const rssAtStart = process.memoryUsage.rss();
let rssPeak = rssAtStart;
const sampling = setInterval(sample, 5);

function sample(): void {
  fds = Math.max(fds, readdirSync("/dev/fd").length);
  rssPeak = Math.max(rssPeak, process.memoryUsage.rss());
}

async function openNext(): Promise<void> {
  const identity = identities[turn % identities.length];
  if (!identity) throw new Error("There is no database to open.");
  // Verifying opens and closes in one go; inspecting stays open while others get their turn.
  const open = turn % 3 === 0 ? driver.verifyDatabase(identity) : driver.inspectDatabase(identity);
  turn += 1;
  await open.catch(() => (errors += 1));
}

const perSecond = await throughput(Number(opens), 256, openNext);
sample();
clearInterval(sampling);
await driver.close();
process.stdout.write(
  JSON.stringify({ errors, fds, rssAtStart, rssPeak, seconds: Number(opens) / perSecond }),
);
