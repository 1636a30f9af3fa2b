import { Client } from "pg";
import { interleave, judge, of, summarize, type Result } from "./measure";
import { activeEnvironment } from "./rotation-load";
import { openInstallation } from "./rotation-world";
import { createServiceClient, infoOf } from "./service-client";

const goal = 1.3;
const atOnce = 50;

/** A service's first query of a tenant on Postgres, told by the catalog where it is, against bare connecting and asking. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 50 : 200;
  const installation = await openInstallation("postgres");
  const { db } = installation;
  const here = await activeEnvironment({ ...installation, driver: "postgres" });
  const tenant = here.environment.id;
  const { url, credential } = await infoOf(db, tenant);
  const address = new URL(url);
  address.username = credential.username ?? "";
  address.password = credential.secret;
  const measured = await interleave(
    [
      { name: "bare", run: () => askBare(address.href) },
      {
        name: "service",
        async run() {
          const client = await createServiceClient(db, tenant, { follows: false });
          await client.ask();
          void client.close();
        },
      },
    ],
    { rounds, warmup: 10 },
  );
  const crowd = await createServiceClient(db, tenant);
  const taken = await Promise.all(
    Array.from({ length: atOnce }, async () => {
      const started = performance.now();
      await crowd.ask();
      return performance.now() - started;
    }),
  );
  const pools = crowd.refetches();
  await crowd.close();
  await installation.close();
  const [value, limit] = [of(measured, "service"), of(measured, "bare")];
  return judge({
    metric: "first query of a tenant on Postgres p50 (ms)",
    value: value.p50,
    limit: limit.p50,
    goal,
    holds: pools === 1,
    conditions: {
      rounds,
      p95: { value: value.p95, limit: limit.p95 },
      at_once: { requests: atOnce, pools, p95: summarize(taken).p95 },
      reference: "connecting and asking with the same login",
    },
  });
}

async function askBare(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, ssl: false });
  await client.connect();
  await client.query("SELECT 1");
  // Both end while the other one begins.
  void client.end();
}
