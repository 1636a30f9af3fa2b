import { eq } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { pool } from "@/drizzle/control/schema/pools";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { environmentRefusal } from "./state";

/** Where the database lives and what is in it: size, stamp, tables with their row counts. */
export async function inspectEnvironment(ctx: EnvironmentContext) {
  requireEnvironment(ctx, "environment.inspect");
  const [row] = await ctx.db
    .select({
      environment,
      database: environmentDatabase,
      pool: { id: pool.id, slug: pool.slug },
    })
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .leftJoin(pool, eq(pool.id, environmentDatabase.poolId))
    .where(eq(environment.id, ctx.environment.id));
  if (!row) throw new DomainError("not_found", "There is no such environment.");
  const refusal = environmentRefusal("inspect", row.environment);
  if (refusal) throw new DomainError("precondition", refusal);
  const { databaseName, driver, isolation, region, isOverLimit, provisionedAt } = row.database;
  const { clusterId, poolId, storageLimitMb, rowLimit, rowCount } = row.database;
  const facts = await ctx.dataPlane.inspect({ tenant: ctx.environment.id, databaseName, clusterId, poolId });
  const home = { databaseName, driver, isolation, region, pool: row.pool };
  return { ...home, storageLimitMb, rowLimit, rowCount, isOverLimit, provisionedAt, ...facts };
}
