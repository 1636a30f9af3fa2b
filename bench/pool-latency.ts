import { setContext, signProof } from "@/sdk/postgres/proof";
import { delayed } from "./delay-proxy";
import { interleave, judge, of, type Result } from "./measure";
import { pair, withPoolWorld } from "./pool-world";

const goal = 1.1;
const mostOfTransaction = 0.5;
const page =
  "SELECT id, last_name FROM students WHERE {tenant} AND created_at < $1 ORDER BY created_at DESC LIMIT 50";

/** The same page over a network: the context must cost no round trip. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 100 : 400;
  const share = { tenants: 20, rows: quick ? 20_000 : 100_000 };
  return withPoolWorld(share, (near) =>
    delayed({ host: near.host, port: near.port, milliseconds: 1 }, async (port) => {
      const { service, plain } = near.connect(port);
      const [tenant] = near.tenants;
      if (!tenant) throw new Error("The pool has no tenants.");
      const values = [new Date("2100-01-01")];
      const query = pair({ ...near, service, plain }, page, () => values);
      const client = await service.connect();
      const { rows } = await client.query<{ pid: number; now: number }>(
        "SELECT pg_backend_pid() AS pid, extract(epoch FROM clock_timestamp())::int AS now",
      );
      const [{ pid, now } = { pid: 0, now: 0 }] = rows;
      const proof = signProof(tenant, { pid, expiresAt: now + 290 });
      async function fourTrips(): Promise<void> {
        await client.query("BEGIN");
        await client.query({ name: "context", text: setContext, values: [tenant?.tenant, proof] });
        await client.query({ name: "page", text: query.fenced, values });
        await client.query("COMMIT");
      }
      const times = await interleave(
        [
          { name: "limit", run: async () => void (await query.plain(tenant)) },
          { name: "pool", run: async () => void (await query.pooled(tenant)) },
          { name: "transaction", run: fourTrips },
        ],
        { rounds, warmup: 20 },
      );
      client.release(true);
      await Promise.all([service.end(), plain.end()]);
      const [value, limit, transaction] = ["pool", "limit", "transaction"].map((name) => of(times, name).p50);
      return result(
        { value: value ?? 0, limit: limit ?? 1, transaction: transaction ?? 1 },
        { ...share, rounds },
      );
    }),
  );
}

function result(
  { value, limit, transaction }: { value: number; limit: number; transaction: number },
  conditions: Record<string, unknown>,
): Result {
  return judge({
    metric: "page of 50 over a network with its context p50 (ms)",
    value,
    limit,
    goal,
    holds: value / transaction <= mostOfTransaction,
    conditions: {
      ...conditions,
      delay_ms: 1,
      of_a_transaction: value / transaction,
      reference: "the same with WHERE and no policies",
    },
  });
}
