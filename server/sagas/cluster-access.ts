import type { Db } from "@/server/db/client";
import { builtInClusters } from "@/server/domain/clusters/names";
import { getClusterRow } from "@/server/domain/clusters/row";
import type { ClusterAccess } from "@/server/drivers/registry";
import { env } from "@/server/kernel/env";
import { DomainError } from "@/server/kernel/errors";
import { deriveKey } from "@/server/kernel/master-secret";
import { open } from "@/server/kernel/seal/open";
import { sealedOf } from "@/server/db/sealed";
import { Secret } from "@/server/kernel/secret";

/** The cluster with its secret opened; throws `not_found`, or `precondition` where it has none. */
export async function findClusterAccess(db: Db, clusterId: string): Promise<ClusterAccess> {
  const row = await getClusterRow(db, clusterId);
  const { id, driver } = row;
  const version = String(row.updatedAt.getTime());
  if (clusterId === builtInClusters.postgres) return { id, driver, version, ...installationPostgres() };
  const sealed = sealedOf(row);
  if (!sealed) throw new DomainError("precondition", `The cluster ${row.slug} has no secret.`);
  return { id, driver, version, address: row.address, secret: await open(sealed, { kind: "cluster", id }) };
}

/** The password of the embedded Postgres hangs on the master secret, so it is stored nowhere. */
export const embeddedPostgresPassword = () => new Secret(deriveKey("embedded-postgres.v1").toString("hex"));

/** The Postgres of FREEHOLD_POSTGRES_URL, or the embedded one. */
function installationPostgres(): Pick<ClusterAccess, "address" | "secret"> {
  const { postgresUrl, postgresPort } = env();
  const adminUrl =
    postgresUrl ??
    new Secret(
      `postgresql://freehold:${embeddedPostgresPassword().reveal()}@127.0.0.1:${postgresPort}/postgres`,
    );
  const { hostname, port } = new URL(adminUrl.reveal());
  const host = postgresUrl ? hostname : "localhost";
  return {
    address: { publicUrl: `postgresql://${host}:${port || "5432"}`, privateNetwork: "allowed" },
    secret: adminUrl,
  };
}
