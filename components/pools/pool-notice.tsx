"use client";

import { useMutation } from "@tanstack/react-query";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { LaterTimeline } from "@/components/operations/later-timeline";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { poolRefusal } from "@/server/domain/pools/state";
import { poolLooks } from "./pool-words";
import { usePoolRefresh, type PoolDetail } from "./use-pool";

interface PoolNoticeProps {
  pool: PoolDetail;
  /** The operation to follow; null where none is known. */
  operation: string | null;
  onFollow: (operation: string) => void;
}

/** What is under way in the pool, or stands between it and new tenants. */
export function PoolNotice({ pool, operation, onFollow }: PoolNoticeProps) {
  if (pool.state === "failed" && pool.operation === null)
    return <Failed pool={pool} operation={operation} onFollow={onFollow} />;
  return (
    <>
      {operation && (
        <div className="rounded-md border border-line bg-panel px-4 py-3">
          <LaterTimeline operationId={operation} />
        </div>
      )}
      {pool.state === "draining" && <p className="text-muted">{poolLooks.draining.meaning}</p>}
    </>
  );
}

function Failed({ pool, operation, onFollow }: PoolNoticeProps) {
  const trpc = useTRPC();
  const refresh = usePoolRefresh();
  const retry = useMutation(
    trpc.pools.retry.mutationOptions({
      onSuccess: async (ordered) => {
        onFollow(ordered.operation.id);
        await refresh();
      },
    }),
  );
  const refusal = refusalOf(retry.error);
  return (
    <Panel
      title="It could not be made"
      description={
        <>
          {!operation && pool.stateReason && <span className="text-red">{pool.stateReason} </span>}
          {poolLooks.failed.meaning} Retry makes it again; what had begun was taken back.
        </>
      }
      action={
        <Button
          variant="primary"
          loading={retry.isPending}
          loadingLabel="Retrying…"
          disabledReason={poolRefusal("retry", pool)}
          onClick={() => retry.mutate({ pool: pool.id })}
        >
          Retry
        </Button>
      }
    >
      {(operation || refusal) && (
        <div className="flex flex-col gap-4">
          {refusal && <FormError {...refusal} />}
          {operation && <LaterTimeline operationId={operation} withoutRetry />}
        </div>
      )}
    </Panel>
  );
}
