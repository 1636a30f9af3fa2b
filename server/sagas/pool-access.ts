import { sealedOf } from "@/server/db/sealed";
import type { Db } from "@/server/db/client";
import { getPoolRow } from "@/server/domain/pools/row";
import { unpackSecrets } from "@/server/kernel/pool-secrets";
import type { PoolAccess } from "@/server/drivers/registry";
import { DomainError } from "@/server/kernel/errors";
import { open } from "@/server/kernel/seal/open";
import { findClusterAccess } from "./cluster-access";

/** The pool with its secrets opened; throws `not_found`, or `precondition` while it has none. */
export async function findPoolAccess(db: Db, poolId: string): Promise<PoolAccess> {
  const row = await getPoolRow(db, poolId);
  const sealed = sealedOf(row);
  if (!sealed) throw new DomainError("precondition", `The pool ${row.slug} has no secrets yet.`);
  const cluster = await findClusterAccess(db, row.clusterId);
  return {
    databaseName: row.databaseName,
    secrets: unpackSecrets(await open(sealed, { kind: "pool", id: poolId })),
    cluster,
    version: `${row.updatedAt.getTime()} ${cluster.version}`,
  };
}
