"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useLast } from "@/components/ui/use-last";

interface RevokeInvitationProps {
  organization: string;
  /** Closed while null. */
  invitation: { id: string; email: string } | null;
  onClose: () => void;
}

/** Takes an invitation back after asking. */
export function RevokeInvitation({ organization, invitation, onClose }: RevokeInvitationProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const shown = useLast(invitation);
  const revoke = useMutation(
    trpc.invitations.revoke.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.invitations.pathFilter());
        close();
      },
    }),
  );
  function close() {
    revoke.reset();
    onClose();
  }
  if (!shown) return null;
  return (
    <ConfirmDialog
      open={invitation !== null}
      onOpenChange={(open) => !open && close()}
      title="Revoke invitation"
      reversal="It cannot be taken back, but the address can be invited again."
      confirmLabel="Revoke invitation"
      busyLabel="Revoking invitation…"
      busy={revoke.isPending}
      error={refusalOf(revoke.error)}
      onConfirm={() => revoke.mutate({ organization, invitation: shown.id })}
    >
      The link for <bdi className="text-ink">{shown.email}</bdi> stops working at once.
    </ConfirmDialog>
  );
}
