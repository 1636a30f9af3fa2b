"use client";

import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { LaterTimeline } from "@/components/operations/later-timeline";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { clusterRefusal } from "@/server/domain/clusters/state";
import { stateLooks } from "./cluster-words";
import { useClusterRefresh, type ClusterDetail } from "./use-cluster";

interface ClusterNoticeProps {
  cluster: ClusterDetail;
  /** The connection test to follow; null where none is known. */
  test: string | null;
  onTest: (operation: string) => void;
}

/** What stands between the cluster and new databases, and the way to change it. */
export function ClusterNotice({ cluster, test, onTest }: ClusterNoticeProps) {
  if (cluster.state === "offline") return <Offline cluster={cluster} test={test} onTest={onTest} />;
  if (test) {
    return (
      <div className="rounded-md border border-line bg-panel px-4 py-3">
        <LaterTimeline operationId={test} />
      </div>
    );
  }
  if (cluster.state === "draining") return <p className="text-muted">{stateLooks.draining.meaning}</p>;
  return null;
}

function Offline({ cluster, test, onTest }: ClusterNoticeProps) {
  const trpc = useTRPC();
  const refresh = useClusterRefresh();
  const check = useMutation(
    trpc.clusters.check.mutationOptions({
      onSuccess: async ({ operation }) => {
        onTest(operation.id);
        await refresh();
      },
    }),
  );
  const isTested = cluster.operation !== null;
  const refusal = refusalOf(check.error);
  return (
    <Panel
      title={isTested ? "It is being tested" : "It is offline"}
      description={
        isTested ? (
          "Freehold connects with the login and prepares the place."
        ) : (
          <Why reason={test ? "" : cluster.stateReason} />
        )
      }
      action={
        <Button
          variant="primary"
          loading={check.isPending}
          loadingLabel="Testing…"
          disabledReason={isTested ? "A test is under way" : clusterRefusal("check", cluster)}
          onClick={() => check.mutate({ cluster: cluster.id })}
        >
          Test again
        </Button>
      }
    >
      {(test || refusal) && (
        <div className="flex flex-col gap-4">
          <FormError
            message={refusal?.message}
            {...(refusal?.requestId ? { requestId: refusal.requestId } : {})}
          />
          {test && <LaterTimeline operationId={test} withoutRetry />}
        </div>
      )}
    </Panel>
  );
}

/** Why it is offline, unless the steps below say so, and what can be done. */
function Why({ reason }: { reason: string }): ReactNode {
  return (
    <>
      {reason && <span className="text-red">{reason} </span>}
      {stateLooks.offline.meaning} If the address or the login is wrong, remove it and add it again.
    </>
  );
}
