import { join } from "node:path";
import { Pool } from "pg";
import { Connections } from "@/sdk/connections/connections";
import { sharedDb } from "@/sdk/resolution/presets";
import { ConfigurationStore } from "@/sdk/stores/configuration-store";
import { interleave, judge, of, withScratchDirectory, type Result } from "./measure";
import { withServer } from "./postgres";
import { idOf, openResolution } from "./resolution-world";

const goal = 1.3;
const rows = 10_000;
const sql = "SELECT id, name, amount FROM item WHERE id = $1";

/** From the token of a request to a row of its tenant's database, against the same read through a bare pool. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 2_000 : 10_000;
  return withScratchDirectory((directory) =>
    withServer(join(directory, "postgres"), async ({ admin }) => {
      await admin.query("CREATE TABLE item (id int PRIMARY KEY, name text, amount int)");
      await admin.query(`INSERT INTO item SELECT n, 'item ' || n, n * 7 FROM generate_series(1, ${rows}) n`);
      await admin.query("CREATE ROLE service LOGIN PASSWORD 'service'");
      await admin.query("GRANT SELECT ON item TO service");
      const { host, port, database = "postgres" } = admin;
      await admin.query(`GRANT CONNECT ON DATABASE ${database} TO service`);
      const url = `postgresql://${host}:${port}/${database}`;
      const tenant = idOf(1);
      const connections = new Connections(
        new ConfigurationStore([{ tenant, connection: { url, username: "service", secret: "service" } }]),
      );
      const { sign, serve } = await openResolution(sharedDb);
      const headers = { authorization: `Bearer ${await sign(1)}` };
      const pool = new Pool({ host, port, database, user: "service", password: "service", max: 2 });
      let turn = 0;
      const next = () => {
        turn = (turn + 7_919) % rows;
        return turn + 1;
      };
      const measured = await interleave(
        [
          { name: "bare", run: async () => void (await pool.query(sql, [next()])) },
          {
            name: "service",
            run: async () => {
              const context = await serve(headers);
              await connections.withDatabase(context, (found) => found.query(sql, [next()]));
            },
          },
        ],
        { rounds, warmup: 100 },
      );
      await connections.close();
      await pool.end();
      const per = (name: string, at: "p50" | "p95") => of(measured, name)[at] * 1000;
      const [value, limit] = [per("service", "p50"), per("bare", "p50")];
      return judge({
        metric: "known token to a row p50 (µs)",
        value,
        limit,
        goal,
        conditions: {
          rounds,
          p95: { value: per("service", "p95"), limit: per("bare", "p95") },
          reference: "the same statement through a pool of pg with the same login",
        },
      });
    }),
  );
}
