import { asc, eq } from "drizzle-orm";
import { cluster, placementRule } from "@/drizzle/control/schema/clusters";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { placementPresets, presetRefusals } from "./names";
import { policyOf, policyQuery } from "./policy";

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
  return {
    preset: policyOf(policy).preset,
    presets: placementPresets.map((each) => ({ name: each, refusal: presetRefusals[each] })),
    rules,
  };
}
