import { text } from "node:stream/consumers";
import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import type { Release } from "@/server/packages/content";
import { createPostgresDriver } from "./driver";

const [adminUrl = "", publicUrl = "", verb = "", tenant = "", credentialId = ""] = process.argv.slice(2);
const identity = { tenant: environmentId(tenant), databaseName: databaseNameFor(environmentId(tenant)) };
const driver = createPostgresDriver({ adminUrl: new Secret(adminUrl), publicUrl });
const login = {
  credentialId,
  audience: "direct",
  scope: "readwrite",
  expiresAt: null,
  secret: new Secret("child"),
} as const;
/** What the test has made. */
const asRelease = (value: unknown) => value as Release;
const verbs: Record<string, () => Promise<unknown>> = {
  create: () => driver.createDatabase(identity),
  drop: () => driver.dropDatabase(identity),
  install: () => driver.installLogin(identity, login),
  package: async () => driver.installPackage(identity, asRelease(JSON.parse(await text(process.stdin)))),
  revoke: () => driver.revokeLogin(identity, credentialId),
};
await verbs[verb]?.();
await driver.close();
