"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useLast } from "@/components/ui/use-last";
import type { EnvironmentMemberRow, MembersPlace } from "./environment-member";

interface RemoveEnvironmentMemberProps extends MembersPlace {
  /** Closed while null. */
  member: EnvironmentMemberRow | null;
  onClose: () => void;
}

/** Takes a member's role in the environment away after asking; when it is oneself, leaves. */
export function RemoveEnvironmentMember({
  organization,
  environment,
  member,
  onClose,
}: RemoveEnvironmentMemberProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const shown = useLast(member);
  const remove = useMutation(
    trpc.members.removeEnvironment.mutationOptions({
      onSuccess: async () => {
        // A full load drops everything that this browser holds of the environment.
        if (shown?.isMe) return window.location.assign(paths.environments(organization.slug));
        await queryClient.invalidateQueries(trpc.members.pathFilter());
        close();
      },
    }),
  );
  function close() {
    remove.reset();
    onClose();
  }
  if (!shown) return null;
  const verb = shown.isMe ? "Leave" : "Remove";
  return (
    <ConfirmDialog
      open={member !== null}
      onOpenChange={(open) => !open && close()}
      title={
        <>
          {verb} <bdi>{shown.isMe ? environment.name : shown.name}</bdi>
        </>
      }
      reversal={
        shown.isMe ? "An admin of the environment can add you again." : "They can be added again at any time."
      }
      confirmLabel={shown.isMe ? `Leave ${environment.slug}` : "Remove member"}
      busyLabel={shown.isMe ? "Leaving…" : "Removing member…"}
      busy={remove.isPending || (remove.isSuccess && shown.isMe)}
      error={refusalOf(remove.error)}
      onConfirm={() => remove.mutate({ environment: environment.id, userId: shown.userId })}
    >
      {shown.isMe ? "You lose" : <bdi className="text-ink">{shown.name}</bdi>}
      {shown.isMe ? " your" : " loses the"} role in <bdi>{environment.name}</bdi> at once. The membership of{" "}
      <bdi>{organization.name}</bdi> stays.
    </ConfirmDialog>
  );
}
