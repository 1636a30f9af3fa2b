"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { PlaceDanger } from "@/components/placement/place-danger";
import { poolRefusal } from "@/server/domain/pools/state";
import { RemovePool } from "./remove-pool";
import { usePoolRefresh, type PoolDetail } from "./use-pool";

const words = {
  activate: "New tenants can land in it again at once.",
  drain: "No new tenant lands in it from then on. Those that it has stay, and are served as before.",
  asked: "Placement passes it by from this moment on. Its tenants stay and are served as before.",
  remove: "Its database goes, with its roles and the keys that sign who a tenant is.",
};

interface PoolDangerProps {
  pool: PoolDetail;
  onFollow: (operation: string) => void;
}

/** Taking a pool out of use, putting it back, and ending it. */
export function PoolDanger({ pool, onFollow }: PoolDangerProps) {
  const trpc = useTRPC();
  const onSuccess = usePoolRefresh();
  const activate = useMutation(trpc.pools.activate.mutationOptions({ onSuccess }));
  const drain = useMutation(trpc.pools.drain.mutationOptions({ onSuccess }));
  const underWay = pool.operation === null ? null : "Something is under way in it. Follow that operation.";
  return (
    <PlaceDanger
      place={pool}
      refusals={{
        activate: poolRefusal("activate", pool),
        drain: poolRefusal("drain", pool),
        remove: poolRefusal("remove", pool) ?? underWay,
      }}
      words={words}
      activate={activate}
      onActivate={() => activate.mutate({ pool: pool.id })}
      drain={drain}
      onDrain={(done) => drain.mutate({ pool: pool.id }, { onSuccess: done })}
      removal={(dialog) => <RemovePool pool={pool} onFollow={onFollow} {...dialog} />}
    />
  );
}
