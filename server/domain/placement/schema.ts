import { z } from "zod";
import { driverKinds } from "@/server/domain/clusters/names";
import { environmentTypes } from "@/server/domain/environments/names";
import { Name, Region } from "@/server/domain/environments/schema";
import { tiers } from "@/server/domain/organizations/names";
import { isolations, placementPresets } from "./names";

const RuleId = z.uuid("This is not the id of a rule.");

const rule = {
  name: Name,
  tier: z.enum(tiers).nullable().default(null),
  envType: z.enum(environmentTypes).nullable().default(null),
  region: Region.nullable().default(null),
  fenced: z
    .boolean()
    .nullable()
    .default(null)
    .describe("true: only organizations whose data must stay in its region; false: only the others."),
  cluster: z
    .uuid()
    .nullable()
    .default(null)
    .describe("Where it leads: a cluster, or a driver, and not both."),
  driver: z.enum(driverKinds).nullable().default(null),
  isolation: z
    .enum(isolations)
    .default("dedicated")
    .describe("shared: into a pool of the cluster that it leads to, which is a Postgres one."),
  isEnabled: z.boolean().default(true),
};

const oneTarget = {
  check: (input: { cluster: string | null; driver: string | null }) =>
    (input.cluster === null) !== (input.driver === null),
  says: { message: "Say where it leads: one cluster, or any cluster of one driver.", path: ["cluster"] },
};

export const AddRule = z.strictObject(rule).refine(oneTarget.check, oneTarget.says);
export type AddRule = z.infer<typeof AddRule>;

export const UpdateRule = z.strictObject({ rule: RuleId, ...rule }).refine(oneTarget.check, oneTarget.says);
export type UpdateRule = z.infer<typeof UpdateRule>;

export const RuleRef = z.strictObject({ rule: RuleId });
export type RuleRef = z.infer<typeof RuleRef>;

export const OrderRules = z.strictObject({
  rules: z.array(RuleId).max(200).describe("The ids of all rules in their new order."),
});
export type OrderRules = z.infer<typeof OrderRules>;

export const SetPreset = z.strictObject({ preset: z.enum(placementPresets, "Choose one of the presets.") });
export type SetPreset = z.infer<typeof SetPreset>;

export const TryPlacement = z.strictObject({
  tier: z.enum(tiers).default("standard"),
  envType: z.enum(environmentTypes).default("production"),
  region: Region,
  residency: Region.nullable().default(null),
  driver: z.enum(driverKinds).optional(),
  isolation: z.enum(isolations).optional(),
});
export type TryPlacement = z.infer<typeof TryPlacement>;
