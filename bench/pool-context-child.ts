import { openServicePool, withTenant } from "@freehold/sdk/postgres";
import { Pool } from "pg";
import { z } from "zod";
import { interleave, of, summarize, throughput, type Variant } from "./measure.ts";

// A service as its people run it: Node runs the SDK as it is.
const Given = z.object({
  place: z.object({ host: z.string(), port: z.int(), database: z.string() }),
  login: z.object({ user: z.string(), password: z.string() }),
  tenants: z.array(z.object({ tenant: z.string(), credentialId: z.string(), secret: z.string() })),
  rounds: z.int(),
});
const { place, login, tenants, rounds } = Given.parse(JSON.parse(process.argv[2] ?? ""));
const bursts = 7;

const service = openServicePool({ ...place, ...login, max: 8 });
const open = new Pool({ ...place, user: "plain", password: "plain", max: 8 });
const page = (table: string, tenant = "") =>
  `SELECT id, last_name FROM ${table} WHERE ${tenant} created_at < $1 ORDER BY created_at DESC LIMIT 50`;
const values = [new Date("2100-01-01")];
const fenced = { name: "fenced", text: page("school.students"), values };
const plain = { name: "plain", text: page("plain.students", "tenant_id = $2 AND") };
const whose = { name: "whose", text: "SELECT app.tenant()" };

let turn = 0;
function next() {
  const tenant = tenants[turn++ % tenants.length];
  if (!tenant) throw new Error("The pool has no tenants.");
  return tenant;
}
const asNext = (statement: typeof fenced | typeof whose) => async () =>
  void (await withTenant(service, next(), (rows) => rows.query(statement)));

const limit: Variant = {
  name: "limit",
  run: async () => void (await open.query({ ...plain, values: [...values, next().tenant] })),
};
const pool: Variant = { name: "pool", run: asNext(fenced) };

/** By turns, in short bursts: a slow moment of the machine hits both. */
async function compare(lane: number) {
  const taken: Record<"limit" | "pool", number[]> = { limit: [], pool: [] };
  for (let burst = 0; burst < bursts; burst++) {
    taken.limit.push(await throughput(rounds, lane, limit.run));
    taken.pool.push(await throughput(rounds, lane, pool.run));
  }
  return { limit: summarize(taken.limit).p50, pool: summarize(taken.pool).p50 };
}

const times = await interleave([limit, pool], { rounds, warmup: 300 });
// Connections are opened, and plans and proofs made, before anything is timed; as with one at a time.
for (const { run } of [limit, pool]) await throughput(rounds, 8, run);
const lanes = [];
for (const lane of [8, 32]) lanes.push({ lane, per_second: await compare(lane) });
const switches = await interleave([{ name: "switch", run: asNext(whose) }], { rounds, warmup: 50 });
await Promise.all([service.end(), open.end()]);
process.stdout.write(
  `${JSON.stringify({ pool: of(times, "pool"), limit: of(times, "limit"), switches: of(switches, "switch"), lanes })}\n`,
);
process.stdin.once("end", () => process.exit(0)).resume();
