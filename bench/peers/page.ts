import { betterTenant } from "@usebetterdev/tenant";
import { drizzleDatabase } from "@usebetterdev/tenant/drizzle";
import { desc, eq, sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { integer, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Client, Pool } from "pg";
import { interleave, of, type Result, type Variant } from "@/bench/measure";
import { withPoolWorld } from "@/bench/pool-world";
import { withTenant, type TenantPool } from "@/sdk/postgres/with-tenant";

const goal = 0.65;
const mostOfPlain = 1.25;
const rounds = 400;

const columns = {
  tenantId: uuid("tenant_id"),
  id: uuid("id"),
  firstName: text("first_name"),
  lastName: text("last_name"),
  grade: integer("grade"),
  schoolId: uuid("school_id"),
  email: text("email"),
  createdAt: timestamp("created_at", { withTimezone: true }),
};
const fenced = pgSchema("school").table("students", columns);
const open = pgSchema("plain").table("students", columns);
const theirs = pgSchema("peer").table("students", columns);

/**
 * The peer keeps tenants apart with a transaction and a setting. Its migration compares the tenant
 * as text, which no index serves: here it has the policy of a setting that its index serves, and
 * does not look the tenant up, which it would by itself.
 */
async function makePeer(admin: Client): Promise<void> {
  for (const statement of [
    "CREATE SCHEMA peer",
    "CREATE TABLE peer.students (LIKE plain.students INCLUDING ALL)",
    "INSERT INTO peer.students SELECT * FROM plain.students",
    "ALTER TABLE peer.students ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    `CREATE POLICY rls_tenant_students ON peer.students
      USING (tenant_id = (SELECT nullif(current_setting('app.current_tenant', true), '')::uuid))`,
    "GRANT USAGE ON SCHEMA peer TO plain",
    "GRANT SELECT ON peer.students TO plain",
    "VACUUM ANALYZE peer.students",
  ])
    await admin.query(statement);
}

/** A page for one tenant, each by its own way through drizzle, and by drizzle with WHERE and no policies. */
export async function run(): Promise<Result> {
  const share = { tenants: 100, rows: 500_000 };
  return withPoolWorld(share, async (world) => {
    await makePeer(world.admin);
    const [context] = world.tenants;
    if (!context) throw new Error("The pool has no tenants.");
    const times = await withTenant(world.service, context, (pool) =>
      interleave(pages(drizzle(world.plain), pool, context.tenant), { rounds, warmup: 40 }),
    );
    const [ours, peer, plain] = [of(times, "ours"), of(times, "peer"), of(times, "plain")];
    const of_plain = { value: ours.p50 / plain.p50, limit: peer.p50 / plain.p50, goal: mostOfPlain };
    const ratio = ours.p50 / peer.p50;
    return {
      metric: "page of 50 through drizzle, against @usebetterdev/tenant, p50 (ms)",
      value: ours.p50,
      limit: peer.p50,
      ratio,
      goal,
      pass: ratio <= goal,
      conditions: {
        ...share,
        rounds,
        p95: { value: ours.p95, limit: peer.p95 },
        of_plain,
        reference: "@usebetterdev/tenant 0.5.4, loadTenant off, with a policy that an index serves",
      },
    };
  });
}

function pages(database: NodePgDatabase, pool: TenantPool, tenant: string): Variant[] {
  const plain = database
    .select()
    .from(open)
    .where(eq(open.tenantId, sql.placeholder("tenant")))
    .orderBy(desc(open.createdAt))
    .limit(50)
    .prepare("plain_page");
  const ours = drizzle(asPool(pool))
    .select()
    .from(fenced)
    .orderBy(desc(fenced.createdAt))
    .limit(50)
    .prepare("page");
  const peer = betterTenant({
    database: drizzleDatabase(database),
    tenantResolver: { header: "x-tenant-id" },
    loadTenant: false,
    telemetry: { enabled: false },
  });
  return [
    { name: "plain", run: async () => void (await plain.execute({ tenant })) },
    { name: "ours", run: async () => void (await ours.execute()) },
    {
      name: "peer",
      run: () =>
        peer.runAs(tenant, async (theirDatabase) => {
          const page = theirDatabase.select().from(theirs).orderBy(desc(theirs.createdAt)).limit(50);
          if ((await page.prepare("peer_page").execute()).length !== 50) throw new Error("No page.");
        }),
    },
  ];
}

// A pool of one tenant has what drizzle asks of a pool.
const asPool = (tenant: TenantPool) => tenant as unknown as Pool;
