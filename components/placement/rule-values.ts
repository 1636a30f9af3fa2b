import type { ApiInputs } from "@/components/api/inputs";
import { isRegion } from "@/components/environments/regions";
import type { Rule } from "./placement-words";

export type RuleInput = ApiInputs["placement"]["addRule"];

/** A rule as it stands, as the procedure that replaces it takes it. */
export function ruleValues(rule: Rule): RuleInput {
  const { id: _, cluster, region, ...rest } = rule;
  return { ...rest, cluster: cluster?.id ?? null, region: region && isRegion(region) ? region : null };
}
