"use client";

import { notifyManager, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { announce } from "@/components/ui/announce";
import type { Rule } from "./placement-words";
import { ruleValues } from "./rule-values";
import { usePlacementRefresh } from "./use-placement-refresh";

/** One change after the other, in the order in which they were asked for. */
const scope = { id: "placement-rules" };

/** The rules as they will be once what was asked for is saved, and what asks for it. */
export function useRules(rules: readonly Rule[]) {
  const trpc = useTRPC();
  const refresh = usePlacementRefresh();
  const [wanted, setWanted] = useState<readonly Rule[] | null>(null);
  const queryClient = useQueryClient();
  const onSettled = async () => {
    // What was asked for in the meantime is on its way and shows already.
    if (queryClient.isMutating({ predicate: ({ options }) => options.scope?.id === scope.id }) > 1) return;
    await refresh();
    // The list hears of what was read a moment later: until then its old order would jump back in.
    notifyManager.schedule(() => setWanted(null));
  };
  const order = useMutation(trpc.placement.orderRules.mutationOptions({ scope, onSettled }));
  const update = useMutation(trpc.placement.updateRule.mutationOptions({ scope, onSettled }));
  const shown = wanted ?? rules;

  /** False when it stands at that end already. */
  function move(rule: Rule, by: -1 | 1): boolean {
    const from = shown.findIndex((one) => one.id === rule.id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= shown.length) return false;
    const next = shown.toSpliced(from, 1).toSpliced(to, 0, rule);
    setWanted(next);
    announce(`${rule.name} is now rule ${to + 1} of ${next.length}`);
    order.mutate({ rules: next.map(({ id }) => id) });
    return true;
  }

  function setEnabled(rule: Rule, isEnabled: boolean): void {
    setWanted(shown.map((one) => (one.id === rule.id ? { ...one, isEnabled } : one)));
    update.mutate({ ...ruleValues(rule), rule: rule.id, isEnabled });
  }

  return { shown, move, setEnabled, refusal: refusalOf(order.error ?? update.error) };
}
