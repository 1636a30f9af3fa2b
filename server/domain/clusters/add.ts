import { cluster } from "@/drizzle/control/schema/clusters";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { isUniqueViolation } from "@/server/db/guard-errors";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { seal } from "@/server/kernel/seal/seal";
import { Secret } from "@/server/kernel/secret";
import { enqueue } from "@/server/sagas/enqueue";
import { aboutCluster } from "./internal";
import type { ClusterRow } from "./row";
import { presentCluster } from "./present";
import type { AddCluster } from "./schema";

/**
 * Registers a cluster with its sealed secret and orders the connection test. It stays
 * offline until the test went well; the operation says why when it did not. Operators only.
 */
export async function addCluster(ctx: UserContext, input: AddCluster) {
  requireOperator(ctx);
  const id = newId();
  // Wrapping may ask a key service, so it happens before the transaction.
  const sealed = await seal(secretOf(input), { kind: "cluster", id });
  const { name, slug, driver, region, capacity, labels } = input;
  const now = new Date();
  const given = { id, name, slug, driver, region, capacity, labels, address: addressOf(input), ...sealed };
  return withTransaction(ctx.db, async (tx) => {
    const row = await insertCluster(tx, {
      ...given,
      state: "offline",
      stateReason: "It is being tested.",
      createdAt: now,
      updatedAt: now,
    });
    await appendAudit(tx, ctx, {
      ...aboutCluster(row),
      action: "cluster.add",
      detail: { name, driver, region, capacity, address: row.address },
    });
    const operation = await enqueue(tx, ctx, "open-cluster", {
      input: { clusterId: id },
      subject: slug,
      lockKey: id,
    });
    return { cluster: presentCluster(row), operation };
  });
}

function secretOf(input: AddCluster): Secret {
  return new Secret((input.driver === "postgres" ? input.adminUrl : input.apiToken) ?? "");
}

/** What is no secret. A Postgres is found by clients where Freehold finds it, unless that is said otherwise. */
function addressOf(input: AddCluster): Record<string, string> {
  if (input.driver === "turso")
    return { organization: input.tursoOrganization ?? "", group: input.tursoGroup ?? "" };
  return {
    publicUrl: input.publicUrl ?? publicUrlOf(input.adminUrl ?? ""),
    privateNetwork: input.allowPrivateNetwork ? "allowed" : "refused",
  };
}

function publicUrlOf(adminUrl: string): string {
  if (!URL.canParse(adminUrl))
    throw new DomainError("invalid", "This address cannot be read.", { field: "adminUrl" });
  const { hostname, port } = new URL(adminUrl);
  return `postgresql://${hostname}:${port || "5432"}`;
}

async function insertCluster(tx: Tx, values: typeof cluster.$inferInsert): Promise<ClusterRow> {
  try {
    const [row] = await tx.insert(cluster).values(values).returning();
    if (!row) throw new Error("The cluster was not inserted.");
    return row;
  } catch (error) {
    if (!isUniqueViolation(error, "sys_cluster.slug")) throw error;
    throw new DomainError("conflict", `There is a cluster with the slug ${values.slug} already.`, {
      field: "slug",
      cause: error,
    });
  }
}
