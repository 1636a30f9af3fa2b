"use client";

import { explain, type ApiError } from "@/components/api/explain";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

interface ListErrorProps {
  /** What could not be loaded, in the plural. */
  what: string;
  error: ApiError;
  onRetry: () => void;
  /** Leaves an address that names no page. */
  onFirstPage?: () => void;
}

/** In place of a list that could not be loaded. */
export function ListError({ what, error, onRetry, onFirstPage }: ListErrorProps) {
  const { message, requestId, fields } = explain(error);
  const isLost = fields.some(({ path }) => path === "cursor");
  return (
    <ErrorState
      title={`The ${what} could not be loaded`}
      {...(requestId ? { requestId } : {})}
      {...(isLost && onFirstPage
        ? { action: <Button onClick={onFirstPage}>Go to the first page</Button> }
        : { onRetry })}
    >
      {message}
    </ErrorState>
  );
}
