import { resolve } from "node:path";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId } from "@/server/kernel/ids";
import { keepBlanks } from "./blanks";
import { createFile } from "./create";
import { createSqliteDriver } from "./driver";
import { prepareLayout } from "./layout";
import { buildTemplate } from "./template";

const [directory = "", verb = "", tenant = ""] = process.argv.slice(2);
const identity = { tenant: environmentId(tenant), databaseName: databaseNameFor(environmentId(tenant)) };

async function createOverBlank(): Promise<void> {
  const layout = prepareLayout(directory);
  const template = buildTemplate(layout, resolve("drizzle/tenant/migrations"));
  const blanks = keepBlanks(layout, { count: 1, bytes: template.sizeBytes });
  await blanks.refill();
  const makeBytes = () => template.bytesFor(identity.tenant, new Date());
  await createFile(layout, identity, { makeBytes, blanks });
}

const driver = createSqliteDriver({ directory });
if (verb === "create") await driver.createDatabase(identity);
else if (verb === "create-over-blank") await createOverBlank();
else await driver.dropDatabase(identity);
await driver.close();
