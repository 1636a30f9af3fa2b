"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { LaterTimeline } from "@/components/operations/later-timeline";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { isUnfinished } from "@/server/domain/operations/names";

/** Orders a check and follows it; what lists findings is read anew when it has ended. */
export function useFindingCheck() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const check = useMutation(trpc.findings.check.mutationOptions());
  const operation = check.data?.operation.id ?? null;
  const state = useQuery(
    trpc.operations.get.queryOptions(
      { operation: operation ?? "" },
      { enabled: operation !== null, staleTime: 1_000 },
    ),
  );
  const status = operation === null ? null : (state.data?.status ?? "queued");
  const running = check.isPending || (status !== null && isUnfinished(status));

  const ended = status !== null && !isUnfinished(status);
  const seen = useRef(ended);
  useEffect(() => {
    const news = ended && !seen.current;
    seen.current = ended;
    if (!news) return;
    void queryClient.invalidateQueries(trpc.findings.pathFilter());
    void queryClient.invalidateQueries(trpc.fleet.overview.pathFilter());
  }, [ended, queryClient, trpc]);

  return { check: () => check.mutate({}), running, operation, error: check.error };
}

type FindingCheck = ReturnType<typeof useFindingCheck>;

export function CheckButton({ check, running }: FindingCheck) {
  return (
    <Button variant="primary" onClick={check} loading={running} loadingLabel="Checking…">
      Check now
    </Button>
  );
}

/** The check that this person has ordered, step by step. */
export function CheckProgress({ operation, error }: FindingCheck) {
  const failed = error ? explain(error) : null;
  if (failed)
    return (
      <FormError message={failed.message} {...(failed.requestId ? { requestId: failed.requestId } : {})} />
    );
  if (!operation) return null;
  return (
    <div className="rounded-md border border-line bg-panel px-4 py-3">
      <LaterTimeline operationId={operation} />
    </div>
  );
}
