"use client";

import { explain, type ApiError } from "@/components/api/explain";
import { ErrorState } from "@/components/ui/error-state";

interface ListErrorProps {
  /** What could not be loaded, in the plural. */
  what: string;
  error: ApiError;
  onRetry: () => void;
}

/** In place of a list that could not be loaded. */
export function ListError({ what, error, onRetry }: ListErrorProps) {
  const { message, requestId } = explain(error);
  return (
    <ErrorState
      title={`The ${what} could not be loaded`}
      {...(requestId ? { requestId } : {})}
      onRetry={onRetry}
    >
      {message}
    </ErrorState>
  );
}
