"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { tierLabels } from "@/components/organizations/organization-words";
import { Button } from "@/components/ui/button";
import { ChoiceCards } from "@/components/settings/choice-cards";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { tiers } from "@/server/domain/organizations/names";
import type { FleetOrganization } from "./organization-table";

interface SetTierDialogProps {
  /** Whose tier is changed; null keeps the dialog closed. */
  organization: FleetOrganization | null;
  onClose: () => void;
}

/** Moves one organization to another tier. */
export function SetTierDialog({ organization, onClose }: SetTierDialogProps) {
  const [shown, setShown] = useState(organization);
  // While it closes it still shows what it was about.
  if (organization && organization !== shown) setShown(organization);
  if (!shown) return null;
  return <TierDialog key={shown.id} open={organization !== null} organization={shown} onClose={onClose} />;
}

interface TierDialogProps {
  open: boolean;
  organization: FleetOrganization;
  onClose: () => void;
}

function TierDialog({ open, organization, onClose }: TierDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
  const [tier, setTier] = useState(organization.tier);
  const change = useMutation(
    trpc.organizations.setTier.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.organizations.pathFilter());
        onClose();
      },
    }),
  );
  const failed = change.error ? explain(change.error) : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (tier !== organization.tier && !change.isPending)
      change.mutate({ organizationId: organization.id, tier });
  }
  function close() {
    setTier(organization.tier);
    change.reset();
    onClose();
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title={
        <>
          Change the tier of <bdi>{organization.name}</bdi>
        </>
      }
      description="Its members see the new tier at once, and the change is on the audit trail of the organization."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            loading={change.isPending}
            loadingLabel="Changing tier…"
            disabledReason={
              tier === organization.tier ? `It is ${tierLabels[tier].toLowerCase()} already` : null
            }
          >
            Change tier
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
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
        <FormError message={failed?.message} requestId={failed?.requestId ?? undefined} />
      </form>
    </Dialog>
  );
}
