"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { useLast } from "@/components/ui/use-last";
import type { ApiKey } from "./api-key";

interface RevokeApiKeyProps {
  /** What is to end; null keeps the dialog closed. */
  apiKey: ApiKey | null;
  onClose: () => void;
}

/** Ends a key, after asking. */
export function RevokeApiKey({ apiKey, onClose }: RevokeApiKeyProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const shown = useLast(apiKey);
  const revoke = useMutation(
    trpc.apiKeys.revoke.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
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
      open={apiKey !== null}
      onOpenChange={(open) => !open && close()}
      title={
        <>
          Revoke <bdi>{shown.name}</bdi>
        </>
      }
      reversal="This cannot be taken back. Another key can take its place."
      confirmLabel="Revoke key"
      busyLabel="Revoking key…"
      busy={revoke.isPending}
      error={refusalOf(revoke.error)}
      onConfirm={() => revoke.mutate({ apiKey: shown.id })}
    >
      Whatever uses the key <code className="text-xs">{shown.start}…</code> is refused from then on.{" "}
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
