import { eq } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { env } from "@/server/kernel/env";
import { addressIn } from "./address";

/** Where the environment's database is for a client, in every way to name it. Carries no secret. */
export async function connectionOf(ctx: EnvironmentContext) {
  requireEnvironment(ctx, "credential.read");
  const [row] = await ctx.db
    .select({
      hostname: environment.hostname,
      status: environment.status,
      database: environmentDatabase,
      clusterAddress: cluster.address,
    })
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .innerJoin(cluster, eq(cluster.id, environmentDatabase.clusterId))
    .where(eq(environment.id, ctx.environment.id));
  if (!row) throw new DomainError("not_found", "There is no such environment.");
  const { database, hostname, status, clusterAddress } = row;
  const { driver, url } = addressIn(clusterAddress, database, ctx.environment.id);
  return {
    driver,
    url,
    databaseName: database.databaseName,
    /** The same database by the environment's own host name, where the data server is reached by it. */
    hostUrl: driver === "sqlite" ? byHost(hostname) : null,
    tenant: ctx.environment.id,
    status,
    revokesTogether: driver === "turso",
    lastAccessedAt: database.lastAccessedAt,
  };
}

function byHost(hostname: string): string {
  const url = new URL(env().dataUrl);
  url.hostname = hostname;
  return url.href;
}
