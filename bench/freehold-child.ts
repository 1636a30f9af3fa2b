import { join } from "node:path";
import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { controlDb } from "@/server/db/client";
import { createEnvironment } from "@/server/domain/environments/create";
import { openEnvironment } from "@/server/domain/environments/open";
import { suspendEnvironment } from "@/server/domain/environments/suspend";
import { createOrganization } from "@/server/domain/organizations/create";
import { openOrganization } from "@/server/domain/organizations/open";
import { addService } from "@/server/domain/services/add";
import { serviceScopes } from "@/server/domain/services/names";
import { env } from "@/server/kernel/env";
import { masterSecret } from "@/server/kernel/master-secret";
import { prepareControlPlane } from "@/server/prepare";
import { processDrivers } from "@/server/sagas/process-drivers";
import { startWorker } from "@/server/sagas/worker";
import { serveFiles } from "@/server/testing/serve-files";
import { openServicesDoor } from "@/server/testing/services-door";
import { createPerson } from "@/server/testing/world";

/**
 * Freehold with so many tenants in files, as services see it. Says where it is; when it is nudged
 * it suspends the first tenant and says when that was answered.
 */
const [count = "1"] = process.argv.slice(2);
const say = (what: unknown) => process.stdout.write(`${JSON.stringify(what)}\n`);

masterSecret();
const db = await controlDb();
await prepareControlPlane(db);
const { dataDir, dataPort, port } = env();
await serveFiles(db, join(dataDir, "databases"), dataPort);
const drivers = processDrivers(db);
const worker = startWorker({ db, drivers });
const ann = await createPerson(db, drivers, "Ann", true);
const { organization } = await createOrganization(ann, { name: "Bench" });
const bench = await openOrganization(ann, organization.id);
for (let n = 0; n < Number(count); n++) {
  const slug = `t-${n}`;
  await createEnvironment(bench, {
    organization: "bench",
    name: slug,
    slug,
    driver: "sqlite",
    envType: "test",
  });
}
await worker.drain();
const active = await db
  .select({ id: environment.id })
  .from(environment)
  .where(eq(environment.status, "active"));
const tenants = active.map(({ id }) => id);
const { key } = await addService(ann, {
  name: "Orders",
  scopes: [...serviceScopes],
  credentialScope: "readwrite",
  days: null,
});
const { url } = await openServicesDoor(port);
say({ url, key, tenants });

process.stdin.on("data", () => {
  void (async () => {
    const [first = ""] = tenants;
    await suspendEnvironment(await openEnvironment(ann, first), { environment: first, reason: "" });
    say({ suspendedAt: Date.now() });
  })();
});
