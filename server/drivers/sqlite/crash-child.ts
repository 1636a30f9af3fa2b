import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId } from "@/server/kernel/ids";
import { createSqliteDriver } from "./driver";

const [directory = "", verb = "", tenant = ""] = process.argv.slice(2);
const identity = { tenant: environmentId(tenant), databaseName: databaseNameFor(environmentId(tenant)) };
const driver = createSqliteDriver({ directory });

if (verb === "create") await driver.createDatabase(identity);
else await driver.dropDatabase(identity);
await driver.close();
