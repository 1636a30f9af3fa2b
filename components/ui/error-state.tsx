"use client";

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "./button";
import { Copyable } from "./copyable";

export interface ErrorStateProps {
  /** What did not work: "The environments could not be loaded". */
  title: string;
  /** Why, if known, and what to do. */
  children?: ReactNode;
  requestId?: string;
  onRetry?: () => void;
  /** Instead of or beside retry: a way out. */
  action?: ReactNode;
}

/** In place of what could not be shown; the frame stays. */
export function ErrorState({ title, children, requestId, onRetry, action }: ErrorStateProps) {
  return (
    <div role="alert" className="flex min-w-0 flex-col items-center gap-3 px-4 py-12 text-center">
      <CircleAlert aria-hidden="true" className="size-6 text-red" />
      <div className="max-w-[52ch] min-w-0">
        <p className="text-base font-medium">{title}</p>
        {children && <div className="text-table text-balance text-muted">{children}</div>}
      </div>
      {(onRetry || action) && (
        <div className="flex flex-wrap justify-center gap-2">
          {onRetry && <Button onClick={onRetry}>Try again</Button>}
          {action}
        </div>
      )}
      {requestId && (
        <p className="flex max-w-full items-center gap-1.5 text-xs text-faint">
          Request <Copyable always text={requestId} label="Copy request id" />
        </p>
      )}
    </div>
  );
}
