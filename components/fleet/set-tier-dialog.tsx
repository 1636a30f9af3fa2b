"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { FormDialog } from "@/components/forms/form-dialog";
import { tierLabels } from "@/components/organizations/organization-words";
import { ChoiceCards } from "@/components/settings/choice-cards";
import { useLast } from "@/components/ui/use-last";
import { tiers } from "@/server/domain/organizations/names";

type Tiered = Pick<ApiOutputs["organizations"]["listAll"]["items"][number], "id" | "name" | "tier">;

interface SetTierDialogProps {
  /** Whose tier is changed; null keeps the dialog closed. */
  organization: Tiered | null;
  onClose: () => void;
}

/** Moves one organization to another tier. */
export function SetTierDialog({ organization, onClose }: SetTierDialogProps) {
  const shown = useLast(organization);
  if (!shown) return null;
  return <TierDialog key={shown.id} open={organization !== null} organization={shown} onClose={onClose} />;
}

interface TierDialogProps {
  open: boolean;
  organization: Tiered;
  onClose: () => void;
}

function TierDialog({ open, organization, onClose }: TierDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [tier, setTier] = useState(organization.tier);
  const change = useMutation(
    trpc.organizations.setTier.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.organizations.pathFilter());
        onClose();
      },
    }),
  );

  function submit() {
    if (tier !== organization.tier && !change.isPending)
      change.mutate({ organizationId: organization.id, tier });
  }
  function close() {
    setTier(organization.tier);
    change.reset();
    onClose();
  }

  return (
    <FormDialog
      open={open}
      onClose={close}
      title={
        <>
          Change the tier of <bdi>{organization.name}</bdi>
        </>
      }
      description="Its members see the new tier at once, and the change is on the audit trail of the organization."
      onSubmit={submit}
      submitLabel="Change tier"
      busyLabel="Changing tier…"
      busy={change.isPending}
      disabledReason={tier === organization.tier ? `It is ${tierLabels[tier].toLowerCase()} already` : null}
      refusal={refusalOf(change.error)}
    >
      <ChoiceCards
        legend="Tier"
        name="tier"
        value={tier}
        onChange={setTier}
        options={tiers.map((value) => ({
          value,
          label: tierLabels[value],
          hint: value === organization.tier ? "What it has now." : undefined,
        }))}
      />
    </FormDialog>
  );
}
