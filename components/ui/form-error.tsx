"use client";

import { CircleAlert } from "lucide-react";

import { Copyable } from "./copyable";

export interface FormErrorProps {
  /** What did not work and what to do. Nothing renders nothing. */
  message: string | null | undefined;
  requestId?: string;
}

/** What concerns the whole form, above its button. */
export function FormError({ message, requestId }: FormErrorProps) {
  if (!message) return null;
  return (
    <div
      role="alert"
      className="flex gap-2 rounded-md border border-red/30 bg-red-soft px-3 py-2 text-table text-red"
    >
      <CircleAlert aria-hidden="true" className="mt-px size-4 shrink-0" />
      <div className="min-w-0">
        <p>{message}</p>
        {requestId && (
          <p className="flex items-center gap-1 text-xs">
            <span className="shrink-0">Request</span>
            <Copyable text={requestId} label="Copy request id" always />
          </p>
        )}
      </div>
    </div>
  );
}
