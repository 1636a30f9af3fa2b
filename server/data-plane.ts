import { closeDb, controlDb } from "@/server/db/client";
import { createAccessBook } from "@/server/connect/access-book";
import { changeFeed } from "@/server/connect/change-feed";
import { answerConsole } from "@/server/connect/answer-console";
import { inspectPath } from "@/server/connect/facts";
import { keepSampling } from "@/server/connect/sample-use";
import { createDataServer } from "@/server/data-server/server";
import { createDataPlane } from "@/server/drivers/data-plane";
import { keepEmbeddedPostgres } from "@/server/embedded-postgres/keep";
import { env, type Env } from "@/server/kernel/env";
import { masterSecret } from "@/server/kernel/master-secret";
import { prepareControlPlane } from "@/server/prepare";
import { embeddedPostgresPassword } from "@/server/sagas/cluster-access";
import { processDrivers } from "@/server/sagas/process-drivers";
import { watchFindings } from "./findings-watch";
import { watchPools } from "./pool-watch";
import { join } from "node:path";

export interface RunningDataPlane {
  port: number;
  close(): Promise<void>;
}

/**
 * Serves the tenants' files over the libSQL protocol, runs the embedded Postgres, and answers
 * the console's questions about what is inside a database. In a process of its own.
 */
export async function startDataPlane(): Promise<RunningDataPlane> {
  const settings = env();
  masterSecret();
  const db = await controlDb();
  await prepareControlPlane(db);
  // Files are served without it: the first start makes its files, which takes a moment.
  const postgres = settings.postgresUrl ? null : keepEmbeddedPostgres(postgresOf(settings));
  const drivers = processDrivers(db);
  const feed = await changeFeed(db);
  const sampling = keepSampling(db, drivers);
  const watching = watchPools(db, drivers);
  const comparing = watchFindings(db);
  const dataPlane = createDataPlane(drivers);
  const server = await createDataServer({
    directory: join(settings.dataDir, "databases"),
    book: createAccessBook(db, feed),
    port: settings.dataPort,
    host: "::",
    beside: { path: inspectPath, answer: (request, response) => answerConsole(dataPlane, request, response) },
  });
  return {
    port: server.port,
    async close() {
      feed.stop();
      sampling.stop();
      comparing.stop();
      await watching.stop();
      await server.close();
      await postgres?.stop();
      await drivers.close();
      await closeDb(db);
    },
  };
}

const postgresOf = ({ dataDir, postgresHome, postgresPort }: Env) => ({
  dataDir,
  ...(postgresHome ? { home: postgresHome } : {}),
  port: postgresPort,
  password: embeddedPostgresPassword(),
});
