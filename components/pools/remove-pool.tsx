"use client";

import { useMutation } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { usePoolRefresh, type PoolDetail } from "./use-pool";

interface RemovePoolProps {
  pool: PoolDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onFollow: (operation: string) => void;
}

/** Asks for the slug and orders the end of the pool; the page follows it to the list. */
export function RemovePool({ pool, open, onOpenChange, onFollow }: RemovePoolProps) {
  const trpc = useTRPC();
  const refresh = usePoolRefresh();
  const remove = useMutation(
    trpc.pools.remove.mutationOptions({
      onSuccess: async ({ operation }) => {
        onOpenChange(false);
        onFollow(operation.id);
        await refresh();
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          Remove <bdi>{pool.name}</bdi>
        </>
      }
      reversal="This cannot be taken back."
      typeToConfirm={pool.slug}
      typeLabel="slug"
      confirmLabel={`Remove ${pool.slug}`}
      busyLabel={`Removing ${pool.slug}…`}
      busy={remove.isPending}
      error={refusalOf(remove.error)}
      onConfirm={() => remove.mutate({ pool: pool.id })}
    >
      The pool holds no tenant. Its database on <bdi>{pool.cluster.name}</bdi>, its roles and its secrets are
      deleted; the audit entries stay.
    </ConfirmDialog>
  );
}
