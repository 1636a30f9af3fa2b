import type { DatabaseRow } from "@/server/domain/environments/home";
import { eq } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import type { Db } from "@/server/db/client";
import { loginNameFor, poolNameFor, tenantLoginFor } from "@/server/kernel/database-name";
import { environmentId } from "@/server/kernel/ids";
import { env } from "@/server/kernel/env";

export interface Connection {
  driver: DatabaseRow["driver"];
  /** `http(s)://host/database/` for libSQL, `postgresql://host:port/database` for Postgres; without a login. */
  url: string;
  /** The Postgres role; null where the secret alone says who it is. */
  username: string | null;
}

type Place = Pick<DatabaseRow, "driver" | "databaseName" | "databaseUrl" | "environmentId" | "poolId">;

/** Where a client finds the database, and as whom. Carries no secret. */
export async function addressOf(
  { db }: { db: Db },
  database: Place & Pick<DatabaseRow, "clusterId">,
  credentialId: string,
): Promise<Connection> {
  const [row] = await db
    .select({ address: cluster.address })
    .from(cluster)
    .where(eq(cluster.id, database.clusterId));
  return addressIn(row?.address ?? {}, database, credentialId);
}

/** The same, for who has read the cluster's address already. */
export function addressIn(
  clusterAddress: Readonly<Record<string, string>>,
  { driver, databaseName, databaseUrl, environmentId: tenant, poolId }: Place,
  credentialId: string,
): Connection {
  switch (driver) {
    case "sqlite":
      return { driver, url: `${env().dataUrl}/${databaseName}/`, username: null };
    case "turso":
      return { driver, url: databaseUrl ?? "", username: null };
    case "postgres": {
      const place = clusterAddress["publicUrl"] ?? installationPublicUrl();
      if (poolId === null)
        return { driver, url: `${place}/${databaseName}`, username: loginNameFor(credentialId) };
      return {
        driver,
        url: `${place}/${poolNameFor(poolId)}`,
        username: tenantLoginFor(environmentId(tenant), credentialId),
      };
    }
  }
}

/** The Postgres that comes with the installation keeps no address: its settings say where it is. */
function installationPublicUrl(): string {
  const { postgresUrl, postgresPort } = env();
  if (!postgresUrl) return `postgresql://localhost:${postgresPort}`;
  const { hostname, port } = new URL(postgresUrl.reveal());
  return `postgresql://${hostname}:${port || "5432"}`;
}
