"use client";

import { useMutation } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Time } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import type { EnvironmentDetail } from "./use-environment";
import { useLeaveForList } from "./use-leave-for-list";

interface DeleteEnvironmentDialogProps {
  environment: EnvironmentDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const dayMs = 24 * 3600 * 1000;

/** Asks for the slug, orders the deletion, and says until when it can be taken back. */
export function DeleteEnvironmentDialog({ environment, open, onOpenChange }: DeleteEnvironmentDialogProps) {
  const trpc = useTRPC();
  const now = useNow();
  const leave = useLeaveForList(environment);
  const { name, slug, recoveryDays } = environment;
  const remove = useMutation(
    trpc.environments.delete.mutationOptions({ onSuccess: ({ operation }) => leave(operation) }),
  );
  const database = (
    <span className="font-mono text-xs [overflow-wrap:anywhere]">{environment.placement.databaseName}</span>
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          Delete <bdi>{name}</bdi>
        </>
      }
      reversal={
        recoveryDays > 0 ? (
          <>
            It can be recovered for {daysWord(recoveryDays)}, until{" "}
            <Time exact value={now + recoveryDays * dayMs} />. After that it is gone for good.
          </>
        ) : (
          "This cannot be taken back."
        )
      }
      typeToConfirm={slug}
      typeLabel="slug"
      confirmLabel={`Delete ${slug}`}
      busyLabel={`Deleting ${slug}…`}
      busy={remove.isPending || remove.isSuccess}
      error={refusalOf(remove.error)}
      onConfirm={() => remove.mutate({ environment: environment.id, confirm: slug })}
    >
      {recoveryDays > 0 ? (
        <>
          Services and credentials are refused at once. The database {database} is kept as it is, and the slug
          stays taken.
        </>
      ) : (
        <>
          Services are refused at once. The database {database} is removed with everything in it, then the
          registration and its memberships. The audit entries stay.
        </>
      )}
    </ConfirmDialog>
  );
}

function daysWord(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}
