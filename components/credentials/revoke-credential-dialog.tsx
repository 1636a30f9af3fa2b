"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { driverWords } from "@/components/environments/placement-words";
import { ReasonDialog } from "@/components/environments/reason-dialog";
import { Time } from "@/components/ui/time";
import type { CredentialDialogProps } from "./credential-dialog";
import { useCredentialRefresh } from "./use-credential-refresh";

/** Ends a credential at once, after asking why. */
export function RevokeCredentialDialog({
  environment,
  credential,
  revokesTogether,
  open,
  onClose,
}: CredentialDialogProps) {
  const trpc = useTRPC();
  const refresh = useCredentialRefresh();
  const revoke = useMutation(
    trpc.credentials.revoke.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  return (
    <ReasonDialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={
        <>
          Revoke <bdi>{credential.name}</bdi>
        </>
      }
      isRequired
      missing="Say why it is revoked."
      hint="It stands in the activity list and beside the credential."
      confirmLabel="Revoke credential"
      busyLabel="Revoking credential…"
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={(reason) =>
        revoke.mutate({ environment: environment.id, credential: credential.id, reason })
      }
    >
      <div className="flex flex-col gap-2">
        <p>
          It is refused from this moment on and its sessions end. This cannot be taken back.{" "}
          {credential.lastUsedAt ? (
            <>
              It was last used <Time value={credential.lastUsedAt} />.
            </>
          ) : (
            driverWords[environment.placement.driver].unused.sentence
          )}
        </p>
        {credential.audience === "services" && (
          <p>Services get a new one by themselves; what they have under way is cut off.</p>
        )}
        {revokesTogether && (
          <p className="text-amber">
            Turso ends every login of this database together: all of its other credentials end with it.
            Services get a new one by themselves; direct ones have to be issued again.
          </p>
        )}
      </div>
    </ReasonDialog>
  );
}
