import { z } from "zod";
import { driverKinds } from "@/server/domain/clusters/names";
import { environmentTypes } from "@/server/domain/environments/names";
import { tiers } from "@/server/domain/organizations/names";
import { isolations, placementPresets, placementStepKinds, placementVerdicts } from "./names";

export const PlacementStepOutput = z
  .object({
    kind: z.enum(placementStepKinds),
    label: z.string(),
    verdict: z.enum(placementVerdicts),
    reason: z.string(),
  })
  .meta({ id: "PlacementStep" });

export const PlacementPolicyOutput = z
  .object({
    preset: z.enum(placementPresets),
    presets: z.array(z.object({ name: z.enum(placementPresets), refusal: z.string().nullable() })),
    rules: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        tier: z.enum(tiers).nullable(),
        envType: z.enum(environmentTypes).nullable(),
        region: z.string().nullable(),
        fenced: z.boolean().nullable(),
        cluster: z.object({ id: z.uuid(), slug: z.string() }).nullable(),
        driver: z.enum(driverKinds).nullable(),
        isolation: z.enum(isolations),
        isEnabled: z.boolean(),
      }),
    ),
  })
  .meta({ id: "PlacementPolicy" });

export const TriedPlacement = z
  .object({
    cluster: z
      .object({ id: z.uuid(), slug: z.string(), driver: z.enum(driverKinds), region: z.string() })
      .nullable(),
    pool: z.object({ id: z.uuid(), slug: z.string() }).nullable(),
    refusal: z.string().nullable(),
    steps: z.array(PlacementStepOutput),
  })
  .meta({ id: "TriedPlacement" });

export const RuleReference = z.object({ id: z.uuid() });
export const RemovedRule = z.object({ removed: z.literal(true) });
export const OrderedRules = z.object({ rules: z.array(z.uuid()) });
export const ChosenPreset = z.object({ preset: z.enum(placementPresets) });
