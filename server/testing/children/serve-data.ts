import { join } from "node:path";
import { execute, openDataWorld, pipeline } from "@/server/testing/data-world";

const [directory = ""] = process.argv.slice(2);
const { create, server } = await openDataWorld(join(directory, "databases"));
const database = await create({ statementMs: 600_000 });
const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
void pipeline(database, [execute(endless)]);
while (!server.executors().some(({ isBusy }) => isBusy))
  await pipeline(await create(), [execute("SELECT 1")]);
process.stdout.write(JSON.stringify(server.executors().map(({ pid }) => pid)));
