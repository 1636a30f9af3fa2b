import { rest } from "@/server/api/rest/meta";
import { operatorProcedure, router } from "@/server/api/trpc";
import { addRule } from "@/server/domain/placement/add-rule";
import { getPlacementPolicy } from "@/server/domain/placement/get";
import { orderRules } from "@/server/domain/placement/order-rules";
import {
  ChosenPreset,
  OrderedRules,
  PlacementPolicyOutput,
  RemovedRule,
  RuleReference,
  TriedPlacement,
} from "@/server/domain/placement/output";
import { removeRule } from "@/server/domain/placement/remove-rule";
import {
  AddRule,
  OrderRules,
  RuleRef,
  SetPreset,
  TryPlacement,
  UpdateRule,
} from "@/server/domain/placement/schema";
import { setPreset } from "@/server/domain/placement/set-preset";
import { tryPlacement } from "@/server/domain/placement/try";
import { updateRule } from "@/server/domain/placement/update-rule";
import { Nothing } from "@/server/kernel/page-input";

export const placementRouter = router({
  get: operatorProcedure
    .meta(rest("GET /fleet/placement", "Get the placement policy"))
    .input(Nothing)
    .output(PlacementPolicyOutput)
    .query(({ ctx }) => getPlacementPolicy(ctx)),
  try: operatorProcedure
    .meta(rest("GET /fleet/placement/try", "Try where an environment would land, and why"))
    .input(TryPlacement)
    .output(TriedPlacement)
    .query(({ ctx, input }) => tryPlacement(ctx, input)),
  setPreset: operatorProcedure
    .meta(rest("PUT /fleet/placement/preset", "Choose the preset"))
    .input(SetPreset)
    .output(ChosenPreset)
    .mutation(({ ctx, input }) => setPreset(ctx, input)),
  addRule: operatorProcedure
    .meta(rest("POST /fleet/placement/rules", "Add a rule", { status: 201 }))
    .input(AddRule)
    .output(RuleReference)
    .mutation(({ ctx, input }) => addRule(ctx, input)),
  updateRule: operatorProcedure
    .meta(rest("PUT /fleet/placement/rules/{rule}", "Replace a rule"))
    .input(UpdateRule)
    .output(RuleReference)
    .mutation(({ ctx, input }) => updateRule(ctx, input)),
  removeRule: operatorProcedure
    .meta(rest("DELETE /fleet/placement/rules/{rule}", "Remove a rule"))
    .input(RuleRef)
    .output(RemovedRule)
    .mutation(({ ctx, input }) => removeRule(ctx, input)),
  orderRules: operatorProcedure
    .meta(rest("PUT /fleet/placement/order", "Put the rules into a new order"))
    .input(OrderRules)
    .output(OrderedRules)
    .mutation(({ ctx, input }) => orderRules(ctx, input)),
});
