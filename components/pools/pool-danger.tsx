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
  const close = (next: boolean) => !next && setOpen(null);
  const underWay = pool.operation === null ? null : "Something is under way in it. Follow that operation.";
  return (
    <Panel title="Danger" danger flush>
      {pool.state === "draining" ? (
        <PutBack pool={pool} />
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
      <DrainDialog pool={pool} open={open === "drain"} onOpenChange={close} />
      <RemovePool pool={pool} open={open === "remove"} onOpenChange={close} onFollow={onFollow} />
    </Panel>
  );
}

function PutBack({ pool }: { pool: PoolDetail }) {
  const trpc = useTRPC();
  const activate = useMutation(trpc.pools.activate.mutationOptions({ onSuccess: usePoolRefresh() }));
  const refusal = refusalOf(activate.error);
  return (
    <>
      <SettingRow
        title="Put back into use"
        action={
          <Button
            loading={activate.isPending}
            loadingLabel="Putting back…"
            disabledReason={poolRefusal("activate", pool)}
            onClick={() => activate.mutate({ pool: pool.id })}
          >
            Put back into use
          </Button>
        }
      >
        New tenants can land in it again at once.
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
  pool: PoolDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function DrainDialog({ pool, open, onOpenChange }: DrainDialogProps) {
  const trpc = useTRPC();
  const refresh = usePoolRefresh();
  const drain = useMutation(
    trpc.pools.drain.mutationOptions({
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
          Drain <bdi>{pool.name}</bdi>
        </>
      }
      reversal="It can be put back into use at any time."
      confirmLabel={`Drain ${pool.slug}`}
      busyLabel={`Draining ${pool.slug}…`}
      busy={drain.isPending}
      error={refusalOf(drain.error)}
      onConfirm={() => drain.mutate({ pool: pool.id })}
    >
      Placement passes it by from this moment on. Its tenants stay and are served as before.
    </ConfirmDialog>
  );
}
