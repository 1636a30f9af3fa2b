import { eq, max } from "drizzle-orm";
import { cluster, placementRule } from "@/drizzle/control/schema/clusters";
import type { Tx } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";
import type { AddRule } from "./schema";

/** Most rules that a policy has: each is looked at whenever something is placed. */
export const mostRules = 200;

export const aboutRule = (row: { id: string; name: string }) => ({
  subject: { kind: "placement_rule", id: row.id, label: row.name },
});

/** The columns of a rule as given; throws `invalid` when it leads to no cluster that there is. */
export async function ruleValues(tx: Tx, input: AddRule) {
  const { cluster: clusterId, ...rest } = input;
  let { driver } = rest;
  if (clusterId !== null) {
    const [known] = await tx
      .select({ driver: cluster.driver })
      .from(cluster)
      .where(eq(cluster.id, clusterId));
    if (!known) throw new DomainError("invalid", "There is no such cluster.", { field: "cluster" });
    driver = known.driver;
  }
  if (rest.isolation === "shared" && driver !== "postgres")
    throw new DomainError("invalid", "Pools are on Postgres clusters.", { field: "cluster" });
  return { ...rest, clusterId, updatedAt: new Date() };
}

export async function nextPosition(tx: Tx): Promise<number> {
  const [last] = await tx.select({ position: max(placementRule.position) }).from(placementRule);
  return (last?.position ?? 0) + 1;
}
