"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { SettingRow } from "@/components/environments/setting-row";
import { DrainDialog } from "@/components/placement/drain-dialog";
import { PutBack } from "@/components/placement/put-back";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { clusterRefusal } from "@/server/domain/clusters/state";
import { RemoveCluster } from "./remove-cluster";
import { useClusterRefresh, type ClusterDetail } from "./use-cluster";

/** Taking a cluster out of use, putting it back, and forgetting it. */
export function ClusterDanger({ cluster }: { cluster: ClusterDetail }) {
  const [open, setOpen] = useState<"drain" | "remove" | null>(null);
  const trpc = useTRPC();
  const refresh = useClusterRefresh();
  const activate = useMutation(trpc.clusters.activate.mutationOptions({ onSuccess: refresh }));
  const drain = useMutation(
    trpc.clusters.drain.mutationOptions({
      onSuccess: async () => {
        activate.reset();
        await refresh();
        setOpen(null);
      },
    }),
  );
  const close = (next: boolean) => !next && setOpen(null);
  return (
    <Panel title="Danger" danger flush>
      {cluster.state === "draining" ? (
        <PutBack
          activate={activate}
          disabledReason={clusterRefusal("activate", cluster)}
          onActivate={() => activate.mutate({ cluster: cluster.id })}
        >
          New databases can land on it again at once.
        </PutBack>
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
      <DrainDialog
        place={cluster}
        drain={drain}
        open={open === "drain"}
        onOpenChange={close}
        onDrain={() => drain.mutate({ cluster: cluster.id })}
      >
        Placement passes it by from this moment on. Its databases stay and are served as before.
      </DrainDialog>
      <RemoveCluster cluster={cluster} open={open === "remove"} onOpenChange={close} />
    </Panel>
  );
}
