import "./own-ports";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createAccessBook } from "@/server/connect/access-book";
import { changeFeed } from "@/server/connect/change-feed";
import { createDataServer } from "@/server/data-server/server";
import { controlDb } from "@/server/db/client";
import { createOrganization } from "@/server/domain/organizations/create";
import { openOrganization } from "@/server/domain/organizations/open";
import { startEmbeddedPostgres } from "@/server/embedded-postgres/start";
import { env } from "@/server/kernel/env";
import { masterSecret } from "@/server/kernel/master-secret";
import { prepareControlPlane } from "@/server/prepare";
import { embeddedPostgresPassword } from "@/server/sagas/cluster-access";
import { processDrivers } from "@/server/sagas/process-drivers";
import { startWorker } from "@/server/sagas/worker";
import { createPerson } from "@/server/testing/world";

/** A whole installation in this process: control plane, worker, data server and, where it is wanted, Postgres. */
export async function openInstallation(driver: "sqlite" | "postgres") {
  masterSecret();
  const { dataDir, dataPort, postgresPort } = env();
  const db = await controlDb();
  await prepareControlPlane(db);
  const postgres =
    driver === "postgres"
      ? await startEmbeddedPostgres({ dataDir, port: postgresPort, password: embeddedPostgresPassword() })
      : null;
  const feed = await changeFeed(db);
  const server = await createDataServer({
    directory: join(dataDir, "databases"),
    book: createAccessBook(db, feed),
    port: dataPort,
    host: "::",
    executors: { waitMs: 60_000 },
  });
  const drivers = processDrivers(db);
  const worker = startWorker({ db, drivers });
  const ann = await createPerson(db, drivers, "Ann", true);
  const { organization } = await createOrganization(ann, { name: "Rotation" });
  return {
    db,
    drivers,
    organization: await openOrganization(ann, organization.id),
    async close() {
      await worker.stop();
      feed.stop();
      await server.close();
      await drivers.close();
      await postgres?.stop();
      if (postgres) rmSync(postgres.directory, { recursive: true, force: true });
      db.$client.close();
    },
  };
}
