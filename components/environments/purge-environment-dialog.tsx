"use client";

import { useMutation } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { EnvironmentDetail } from "./use-environment";
import { useLeaveForList } from "./use-leave-for-list";

interface PurgeEnvironmentDialogProps {
  environment: EnvironmentDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for the slug, then ends the recovery window of a deleted environment. */
export function PurgeEnvironmentDialog({ environment, open, onOpenChange }: PurgeEnvironmentDialogProps) {
  const trpc = useTRPC();
  const leave = useLeaveForList(environment);
  const { name, slug, placement } = environment;
  const purge = useMutation(
    trpc.environments.purge.mutationOptions({ onSuccess: ({ operation }) => leave(operation) }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          Delete <bdi>{name}</bdi> for good
        </>
      }
      reversal="This cannot be taken back."
      typeToConfirm={slug}
      typeLabel="slug"
      confirmLabel={`Delete ${slug} for good`}
      busyLabel={`Deleting ${slug}…`}
      busy={purge.isPending || purge.isSuccess}
      error={refusalOf(purge.error)}
      onConfirm={() => purge.mutate({ environment: environment.id, confirm: slug })}
    >
      The database{" "}
      <span className="font-mono text-xs [overflow-wrap:anywhere]">{placement.databaseName}</span> is removed
      now with everything in it, then the registration and its memberships. The slug is free again, and the
      audit entries stay.
    </ConfirmDialog>
  );
}
