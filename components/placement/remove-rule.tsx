"use client";

import { useMutation } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useLast } from "@/components/ui/use-last";
import { matchWords, targetWords, type Rule } from "./placement-words";
import { usePlacementRefresh } from "./use-placement-refresh";

interface RemoveRuleProps {
  /** What goes; null keeps the dialog closed. */
  rule: Rule | null;
  onClose: () => void;
}

/** Takes a rule out of the policy, after asking. */
export function RemoveRule({ rule, onClose }: RemoveRuleProps) {
  const trpc = useTRPC();
  const refresh = usePlacementRefresh();
  const shown = useLast(rule);
  const remove = useMutation(
    trpc.placement.removeRule.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  if (!shown) return null;
  function close() {
    remove.reset();
    onClose();
  }
  return (
    <ConfirmDialog
      open={rule !== null}
      onOpenChange={(open) => !open && close()}
      title={
        <>
          Remove <bdi>{shown.name}</bdi>
        </>
      }
      reversal="To keep it for later, switch it off instead."
      confirmLabel="Remove rule"
      busyLabel="Removing rule…"
      busy={remove.isPending}
      error={refusalOf(remove.error)}
      onConfirm={() => remove.mutate({ rule: shown.id })}
    >
      {matchWords(shown)} no longer lead to {targetWords(shown)}: later rules and the preset decide. What it
      placed stays where it is.
    </ConfirmDialog>
  );
}
