import { Secret } from "@/server/kernel/secret";
import type { Release } from "@/server/packages/content";
import { createPoolDriver } from "./driver";

const [adminUrl = "", databaseName = "", secrets = "", release = ""] = process.argv.slice(2);
const read = (text: string) => JSON.parse(text) as string[] & Release;
const [key = "", readonlyPassword = "", readwritePassword = ""] = read(secrets);
const driver = createPoolDriver({
  adminUrl: new Secret(adminUrl),
  publicUrl: "postgresql://127.0.0.1",
  databaseName,
  secrets: {
    key: new Secret(key),
    readonlyPassword: new Secret(readonlyPassword),
    readwritePassword: new Secret(readwritePassword),
  },
});
await driver.createPool();
await driver.installRelease(read(release));
await driver.close();
