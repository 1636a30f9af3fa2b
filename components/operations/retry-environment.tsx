"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { RetryButton } from "@/components/environments/environment-buttons";
import { environmentRefusal } from "@/server/domain/environments/state";

interface RetryEnvironmentProps {
  environmentId: string;
  operationId: string;
  onRetried?: ((operationId: string) => void) | undefined;
}

/** Offers to try again while the operation is the environment's newest one and the caller can see it. */
export function RetryEnvironment({ environmentId, operationId, onRetried }: RetryEnvironmentProps) {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.environments.get.queryOptions({ environment: environmentId }, { retry: false }),
  );
  if (data?.lastOperation?.id !== operationId || environmentRefusal("retry", data) !== null) return null;
  return <RetryButton size="sm" environment={data} onRetried={onRetried} />;
}
