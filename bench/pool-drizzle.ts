import { desc, eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { integer, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Pool } from "pg";
import { withTenant, type TenantPool } from "@/sdk/postgres/with-tenant";
import { interleave, judge, of, type Result } from "./measure";
import { withPoolWorld } from "./pool-world";

const goal = 1.25;

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

/** A page through drizzle for a tenant, against drizzle with WHERE and no fences. */
export async function run({ quick }: { quick: boolean }): Promise<Result> {
  const rounds = quick ? 150 : 600;
  const share = { tenants: 100, rows: quick ? 50_000 : 500_000 };
  return withPoolWorld(share, async (world) => {
    const [tenant] = world.tenants;
    if (!tenant) throw new Error("The pool has no tenants.");
    const plain = drizzle(world.plain)
      .select()
      .from(open)
      .where(eq(open.tenantId, sql.placeholder("tenant")))
      .orderBy(desc(open.createdAt))
      .limit(50)
      .prepare("plain_page");
    const page = (pool: TenantPool) =>
      drizzle(asPool(pool)).select().from(fenced).orderBy(desc(fenced.createdAt)).limit(50).prepare("page");
    const times = await withTenant(world.service, tenant, (pool) => {
      const pooled = page(pool);
      return interleave(
        [
          { name: "limit", run: async () => void (await plain.execute({ tenant: tenant.tenant })) },
          { name: "pool", run: async () => void (await pooled.execute()) },
        ],
        { rounds, warmup: 30 },
      );
    });
    const [value, limit] = [of(times, "pool").p50, of(times, "limit").p50];
    return judge({
      metric: "page of 50 through drizzle p50 (ms)",
      value,
      limit,
      goal,
      conditions: { ...share, rounds, reference: "drizzle, prepared, with WHERE and no policies" },
    });
  });
}

// A pool of one tenant has what drizzle asks of a pool.
const asPool = (tenant: TenantPool) => tenant as unknown as Pool;
