import { asc, eq } from "drizzle-orm";
import { cluster, placementRule } from "@/drizzle/control/schema/clusters";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { placementPresets } from "./names";
import { policyOf, policyQuery } from "./policy";
import { presetRefusal } from "./preset-refusal";

const { id, name, tier, envType, region, fenced, driver, isolation, isEnabled } = placementRule;

/** The preset, the presets that there are, and every rule in its order, those that are switched off included. Operators only. */
export async function getPlacementPolicy(ctx: UserContext) {
  requireOperator(ctx);
  const [policy, rules] = await ctx.db.batch([
    policyQuery(ctx.db),
    ctx.db
      .select({
        id,
        name,
        tier,
        envType,
        region,
        fenced,
        driver,
        isolation,
        isEnabled,
        cluster: { id: cluster.id, slug: cluster.slug },
      })
      .from(placementRule)
      .leftJoin(cluster, eq(cluster.id, placementRule.clusterId))
      .orderBy(asc(placementRule.position), asc(placementRule.id)),
  ]);
  const now = policyOf(policy);
  return {
    preset: now.preset,
    presets: placementPresets.map((each) => ({ name: each, refusal: presetRefusal(each, now) })),
    rules,
  };
}
