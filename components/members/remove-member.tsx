"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useLast } from "@/components/ui/use-last";

interface Subject {
  userId: string;
  name: string;
  isMe: boolean;
}

interface RemoveMemberProps {
  organization: { slug: string; name: string };
  /** Closed while null. */
  member: Subject | null;
  onClose: () => void;
}

/** Removes a member after asking; when it is oneself, leaves. */
export function RemoveMember({ organization, member, onClose }: RemoveMemberProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const shown = useLast(member);
  const remove = useMutation(
    trpc.members.remove.mutationOptions({
      onSuccess: async () => {
        // A full load drops everything that this browser holds of the organization.
        if (shown?.isMe) return window.location.assign(paths.home());
        await queries.invalidateQueries(trpc.members.pathFilter());
        close();
      },
    }),
  );
  function close() {
    remove.reset();
    onClose();
  }
  if (!shown) return null;
  const shared = {
    open: member !== null,
    onOpenChange: (open: boolean) => {
      if (!open) close();
    },
    busy: remove.isPending || (remove.isSuccess && shown.isMe),
    error: refusalOf(remove.error),
    onConfirm: () => remove.mutate({ organization: organization.slug, userId: shown.userId }),
  };
  if (shown.isMe) {
    return (
      <ConfirmDialog
        {...shared}
        title={`Leave ${organization.name}`}
        reversal="To come back you need a new invitation."
        confirmLabel="Leave organization"
        busyLabel="Leaving organization…"
      >
        You lose your roles in all of its environments at once. Nothing that you made is deleted.
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      {...shared}
      title={
        <>
          Remove <bdi>{shown.name}</bdi>
        </>
      }
      reversal="They can be invited again; their roles in environments have to be given anew."
      confirmLabel="Remove member"
      busyLabel="Removing member…"
    >
      <bdi className="text-ink">{shown.name}</bdi> loses access to {organization.name} and all of its
      environments at once.
    </ConfirmDialog>
  );
}
