import { databaseNameFor } from "@/server/kernel/database-name";
import { environmentId, newId } from "@/server/kernel/ids";
import { interleave, judge, of, type Result } from "./measure";
import { withPoolWorld } from "./pool-world";

const goal = 1.3;

/** A tenant into the pool, against one bare durable INSERT. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 150 : 600;
  const present = quick ? 1_000 : 100_000;
  return withPoolWorld({ tenants: 2, rows: 1_000 }, async ({ driver, admin }) => {
    await admin.query(
      `INSERT INTO app.tenant (tenant_id, database_name)
       SELECT gen_random_uuid(), 'env_' || md5(g::text) FROM generate_series(1, $1::integer) AS g`,
      [present],
    );
    await admin.query("CREATE TABLE plain.bare (id uuid PRIMARY KEY, name text NOT NULL UNIQUE)");
    await admin.query("INSERT INTO plain.bare SELECT tenant_id, database_name FROM app.tenant");
    await admin.query("VACUUM ANALYZE");
    const times = await interleave(
      [
        {
          name: "limit",
          run: async () => {
            const id = newId();
            const text = "INSERT INTO plain.bare VALUES ($1, $2)";
            await admin.query({ name: "bare", text, values: [id, `env_${id.replaceAll("-", "")}`] });
          },
        },
        {
          name: "onboard",
          run: async () => {
            const tenant = environmentId(newId());
            await driver.createDatabase({ tenant, databaseName: databaseNameFor(tenant) });
          },
        },
      ],
      { rounds, warmup: 20 },
    );
    const [value, limit] = [of(times, "onboard").p50, of(times, "limit").p50];
    return judge({
      metric: "tenant into a pool p50 (ms)",
      value,
      limit,
      goal,
      conditions: { rounds, present, reference: "a bare durable INSERT" },
    });
  });
}
