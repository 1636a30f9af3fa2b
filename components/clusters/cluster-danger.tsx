"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { SettingRow } from "@/components/environments/setting-row";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { clusterRefusal } from "@/server/domain/clusters/state";
import { RemoveCluster } from "./remove-cluster";
import { useClusterRefresh, type ClusterDetail } from "./use-cluster";

/** Taking a cluster out of use, putting it back, and forgetting it. */
export function ClusterDanger({ cluster }: { cluster: ClusterDetail }) {
  const [open, setOpen] = useState<"drain" | "remove" | null>(null);
  const close = (next: boolean) => !next && setOpen(null);
  return (
    <Panel title="Danger" danger flush>
      {cluster.state === "draining" ? (
        <PutBack cluster={cluster} />
      ) : (
        <SettingRow
          title="Drain"
          action={
            <Button disabledReason={clusterRefusal("drain", cluster)} onClick={() => setOpen("drain")}>
              Drain…
            </Button>
          }
        >
          No new database lands on it from then on. Those that it has stay, and are served as before.
        </SettingRow>
      )}
      <SettingRow
        title="Remove"
        action={
          <Button
            variant="danger"
            disabledReason={clusterRefusal("remove", cluster)}
            onClick={() => setOpen("remove")}
          >
            Remove…
          </Button>
        }
      >
        Freehold forgets it and its sealed login. What is at the place itself stays as it is.
      </SettingRow>
      <DrainDialog cluster={cluster} open={open === "drain"} onOpenChange={close} />
      <RemoveCluster cluster={cluster} open={open === "remove"} onOpenChange={close} />
    </Panel>
  );
}

function PutBack({ cluster }: { cluster: ClusterDetail }) {
  const trpc = useTRPC();
  const activate = useMutation(trpc.clusters.activate.mutationOptions({ onSuccess: useClusterRefresh() }));
  const refusal = refusalOf(activate.error);
  return (
    <>
      <SettingRow
        title="Put back into use"
        action={
          <Button
            loading={activate.isPending}
            loadingLabel="Putting back…"
            disabledReason={clusterRefusal("activate", cluster)}
            onClick={() => activate.mutate({ cluster: cluster.id })}
          >
            Put back into use
          </Button>
        }
      >
        New databases can land on it again at once.
      </SettingRow>
      {refusal && (
        <div className="px-4 pb-4">
          <FormError {...refusal} />
        </div>
      )}
    </>
  );
}

interface DrainDialogProps {
  cluster: ClusterDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function DrainDialog({ cluster, open, onOpenChange }: DrainDialogProps) {
  const trpc = useTRPC();
  const refresh = useClusterRefresh();
  const drain = useMutation(
    trpc.clusters.drain.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onOpenChange(false);
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      danger={false}
      title={
        <>
          Drain <bdi>{cluster.name}</bdi>
        </>
      }
      reversal="It can be put back into use at any time."
      confirmLabel={`Drain ${cluster.slug}`}
      busyLabel={`Draining ${cluster.slug}…`}
      busy={drain.isPending}
      error={refusalOf(drain.error)}
      onConfirm={() => drain.mutate({ cluster: cluster.id })}
    >
      Placement passes it by from this moment on. Its databases stay and are served as before.
    </ConfirmDialog>
  );
}
