"use client";

import { explain, type ApiError } from "@/components/api/explain";
import { ErrorState } from "@/components/ui/error-state";

interface EnvironmentErrorProps {
  query: { error: ApiError | null; refetch: () => Promise<unknown> };
}

/** In place of a page whose environment could not be read. */
export function EnvironmentError({ query }: EnvironmentErrorProps) {
  if (!query.error) return null;
  const { message, requestId } = explain(query.error);
  return (
    <ErrorState
      title="The environment could not be loaded"
      requestId={requestId ?? undefined}
      onRetry={() => void query.refetch()}
    >
      {message}
    </ErrorState>
  );
}
