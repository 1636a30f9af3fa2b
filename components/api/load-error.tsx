"use client";

import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { explain, type ApiError } from "./explain";

interface LoadErrorProps {
  /** What could not be loaded: "environments", "cluster". */
  what: string;
  query: { error: ApiError | null; refetch: () => Promise<unknown> };
  /** Leaves an address that names no page. */
  onFirstPage?: () => void;
}

/** In place of what could not be loaded; nothing while nothing failed. */
export function LoadError({ what, query, onFirstPage }: LoadErrorProps) {
  if (!query.error) return null;
  const { message, requestId, fields } = explain(query.error);
  const isLost = fields.some(({ path }) => path === "cursor");
  return (
    <ErrorState
      title={`The ${what} could not be loaded`}
      {...(requestId ? { requestId } : {})}
      {...(isLost && onFirstPage
        ? { action: <Button onClick={onFirstPage}>Go to the first page</Button> }
        : { onRetry: () => void query.refetch() })}
    >
      {message}
    </ErrorState>
  );
}
