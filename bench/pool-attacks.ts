import { randomBytes, randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { provePool } from "@/server/pool-proof";
import { canaryRelease } from "@/server/drivers/pool/canary";
import { createPoolDriver } from "@/server/drivers/pool/driver";
import { mintPoolSecrets } from "@/server/drivers/pool/secrets";
import { startEmbeddedPostgres } from "@/server/embedded-postgres/start";
import { poolNameFor } from "@/server/kernel/database-name";
import { newId } from "@/server/kernel/ids";
import { Secret } from "@/server/kernel/secret";
import { freePort } from "./free-port";
import { judge, withScratchDirectory, type Result } from "./measure";

/** Attempts of one tenant on another's rows, the way that services go; one that gets through is one too many. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const attempts = quick ? 2_000 : 50_000;
  const seed = process.env["FREEHOLD_SEED"] ?? randomUUID();
  return withScratchDirectory(async (dataDir) => {
    const password = new Secret(randomBytes(16).toString("hex"));
    const server = await startEmbeddedPostgres({ dataDir, port: await freePort(), password });
    const databaseName = poolNameFor(newId());
    const secrets = mintPoolSecrets();
    const publicUrl = `postgresql://127.0.0.1:${server.port}`;
    const driver = createPoolDriver({ adminUrl: server.adminUrl, publicUrl, databaseName, secrets });
    try {
      await driver.createPool();
      await driver.installRelease(canaryRelease);
      const started = performance.now();
      const proof = await provePool({ driver, databaseName, secrets, attempts, seed });
      const perSecond = proof.attempts / ((performance.now() - started) / 1000);
      const tallies = Object.values(proof.kinds);
      const value = tallies.reduce((sum, { breaches }) => sum + breaches, 0);
      return judge({
        metric: "attempts across tenants that got through",
        value,
        limit: attempts,
        goal: 0,
        holds: proof.verdict === "holds" && proof.attempts === attempts,
        conditions: {
          seed,
          attempts: proof.attempts,
          verdict: proof.verdict,
          problem: proof.problem,
          kinds: Object.fromEntries(
            Object.entries(proof.kinds).map(([kind, { attempts: made, refused }]) => [
              kind,
              { attempts: made, refused },
            ]),
          ),
          breaches: proof.breaches.slice(0, 3),
          attempts_per_second: perSecond,
        },
      });
    } finally {
      await driver.close();
      await server.stop();
      rmSync(server.directory, { recursive: true, force: true });
    }
  });
}
