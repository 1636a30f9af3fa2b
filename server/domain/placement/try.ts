import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { decidePlacement } from "./decide";
import { readPolicy } from "./policy";
import type { TryPlacement } from "./schema";

/** Where such an environment would land now, and why. Places nothing. Operators only. */
export async function tryPlacement(ctx: UserContext, input: TryPlacement) {
  requireOperator(ctx);
  const decision = decidePlacement(await readPolicy(ctx.db), input);
  if (!decision.cluster)
    return { cluster: null, pool: null, refusal: decision.message, steps: decision.steps };
  const { id, slug, driver, region } = decision.cluster;
  const pool = decision.pool && { id: decision.pool.id, slug: decision.pool.slug };
  return { cluster: { id, slug, driver, region }, pool, refusal: null, steps: decision.steps };
}
