"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { SettingRow } from "@/components/environments/setting-row";
import { DrainDialog } from "@/components/placement/drain-dialog";
import { PutBack } from "@/components/placement/put-back";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { poolRefusal } from "@/server/domain/pools/state";
import { RemovePool } from "./remove-pool";
import { usePoolRefresh, type PoolDetail } from "./use-pool";

interface PoolDangerProps {
  pool: PoolDetail;
  onFollow: (operation: string) => void;
}

/** Taking a pool out of use, putting it back, and ending it. */
export function PoolDanger({ pool, onFollow }: PoolDangerProps) {
  const [open, setOpen] = useState<"drain" | "remove" | null>(null);
  const trpc = useTRPC();
  const refresh = usePoolRefresh();
  const activate = useMutation(trpc.pools.activate.mutationOptions({ onSuccess: refresh }));
  const drain = useMutation(
    trpc.pools.drain.mutationOptions({
      onSuccess: async () => {
        activate.reset();
        await refresh();
        setOpen(null);
      },
    }),
  );
  const close = (next: boolean) => !next && setOpen(null);
  const underWay = pool.operation === null ? null : "Something is under way in it. Follow that operation.";
  return (
    <Panel title="Danger" danger flush>
      {pool.state === "draining" ? (
        <PutBack
          activate={activate}
          disabledReason={poolRefusal("activate", pool)}
          onActivate={() => activate.mutate({ pool: pool.id })}
        >
          New tenants can land in it again at once.
        </PutBack>
      ) : (
        <SettingRow
          title="Drain"
          action={
            <Button disabledReason={poolRefusal("drain", pool)} onClick={() => setOpen("drain")}>
              Drain…
            </Button>
          }
        >
          No new tenant lands in it from then on. Those that it has stay, and are served as before.
        </SettingRow>
      )}
      <SettingRow
        title="Remove"
        action={
          <Button
            variant="danger"
            disabledReason={poolRefusal("remove", pool) ?? underWay}
            onClick={() => setOpen("remove")}
          >
            Remove…
          </Button>
        }
      >
        Its database goes, with its roles and the keys that sign who a tenant is.
      </SettingRow>
      <DrainDialog
        place={pool}
        drain={drain}
        open={open === "drain"}
        onOpenChange={close}
        onDrain={() => drain.mutate({ pool: pool.id })}
      >
        Placement passes it by from this moment on. Its tenants stay and are served as before.
      </DrainDialog>
      <RemovePool pool={pool} open={open === "remove"} onOpenChange={close} onFollow={onFollow} />
    </Panel>
  );
}
