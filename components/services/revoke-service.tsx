"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { useLast } from "@/components/ui/use-last";
import type { Service } from "./service-state";

interface RevokeServiceProps {
  /** Whose key ends; null keeps the dialog closed. */
  service: Service | null;
  onClose: () => void;
}

/** Ends a service's key, after asking. */
export function RevokeService({ service, onClose }: RevokeServiceProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const shown = useLast(service);
  const revoke = useMutation(
    trpc.services.revoke.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.services.pathFilter());
        onClose();
      },
    }),
  );
  if (!shown) return null;
  function close() {
    revoke.reset();
    onClose();
  }
  return (
    <ConfirmDialog
      open={service !== null}
      onOpenChange={(open) => !open && close()}
      title={
        <>
          Revoke <bdi>{shown.name}</bdi>
        </>
      }
      reversal="This cannot be taken back. Add the service again to give it another key."
      confirmLabel="Revoke key"
      busyLabel="Revoking key…"
      busy={revoke.isPending}
      error={refusalOf(revoke.error)}
      onConfirm={() => revoke.mutate({ service: shown.id })}
    >
      The key <code className="text-xs">{shown.start}…</code> is refused from then on. Credentials that the
      service holds go on working until they are rotated.{" "}
      {shown.lastUsedAt ? (
        <>
          It was last used <Time value={shown.lastUsedAt} />.
        </>
      ) : (
        "It was never used."
      )}
    </ConfirmDialog>
  );
}
