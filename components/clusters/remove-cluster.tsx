"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import type { ClusterDetail } from "./use-cluster";

interface RemoveClusterProps {
  cluster: ClusterDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for the slug, forgets the cluster, and goes to the list. */
export function RemoveCluster({ cluster, open, onOpenChange }: RemoveClusterProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.clusters.remove.mutationOptions({
      onSuccess: async () => {
        router.push(paths.fleetClusters());
        notify({ message: `${cluster.name} is removed` });
        // Not this cluster itself: the page that is being left would find it gone.
        const changed = [trpc.clusters.list, trpc.placement, trpc.fleet];
        await Promise.all(changed.map((part) => queryClient.invalidateQueries(part.pathFilter())));
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          Remove <bdi>{cluster.name}</bdi>
        </>
      }
      reversal="This cannot be taken back. It can be added again with its address and login."
      typeToConfirm={cluster.slug}
      typeLabel="slug"
      confirmLabel={`Remove ${cluster.slug}`}
      busyLabel={`Removing ${cluster.slug}…`}
      busy={remove.isPending || remove.isSuccess}
      error={refusalOf(remove.error)}
      onConfirm={() => remove.mutate({ cluster: cluster.id })}
    >
      The cluster holds no database. Its registration and its sealed login are deleted; the audit entries
      stay.
    </ConfirmDialog>
  );
}
