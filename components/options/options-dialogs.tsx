"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { ReasonDialog } from "@/components/environments/reason-dialog";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { useLast } from "@/components/ui/use-last";
import type { OptionsDetail } from "./options-words";

interface OptionsDialogProps {
  environment: EnvironmentDetail;
  options: OptionsDetail;
  onClose: () => void;
}

const hint = "It stands in the history.";

function useChanged(onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return {
    onSuccess: async () => {
      const changed = [trpc.options, trpc.audit];
      await Promise.all(changed.map((part) => queryClient.invalidateQueries(part.pathFilter())));
      onClose();
    },
    onError: () => queryClient.invalidateQueries(trpc.options.pathFilter()),
  };
}

/** Asks whether an earlier version is to be put back. */
export function RestoreDialog({
  environment,
  options,
  version,
  onClose,
}: OptionsDialogProps & { version: number | null }) {
  const trpc = useTRPC();
  const last = useLast(version);
  const restore = useMutation(trpc.options.restore.mutationOptions(useChanged(onClose)));
  if (last === null) return null;
  return (
    <ReasonDialog
      open={version !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Restore version ${last}`}
      hint={hint}
      confirmLabel={`Restore version ${last}`}
      busyLabel="Restoring…"
      busy={restore.isPending}
      error={restore.error}
      onConfirm={(reason) =>
        restore.mutate({
          environment: environment.id,
          name: options.name,
          version: last,
          expectedVersion: options.version,
          reason,
        })
      }
    >
      It becomes version {options.version + 1} of {options.name} in <bdi>{environment.name}</bdi>. Services
      have it within a second. Version {options.version} stays in the history.
    </ReasonDialog>
  );
}

/** Asks whether the defaults are to stand again. */
export function ClearDialog({ environment, options, open, onClose }: OptionsDialogProps & { open: boolean }) {
  const trpc = useTRPC();
  const clear = useMutation(trpc.options.clear.mutationOptions(useChanged(onClose)));
  return (
    <ReasonDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={`Go back to the defaults of ${options.name}`}
      hint={hint}
      confirmLabel="Go back to the defaults"
      busyLabel="Going back…"
      busy={clear.isPending}
      error={clear.error}
      onConfirm={(reason) =>
        clear.mutate({
          environment: environment.id,
          name: options.name,
          expectedVersion: options.version,
          reason,
        })
      }
    >
      <bdi>{environment.name}</bdi> has nothing otherwise any more. Services have it within a second. Version{" "}
      {options.version} stays in the history and can be restored.
    </ReasonDialog>
  );
}
