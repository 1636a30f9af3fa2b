"use client";

import { paths } from "@/components/paths";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { digestOf } from "./digest";

export interface PageErrorProps {
  error: unknown;
  retry: () => void;
}

/** In place of a page that could not be shown; the frame around it stays. */
export function PageError({ error, retry }: PageErrorProps) {
  const digest = digestOf(error);
  return (
    <div className="px-4 py-[10vh]">
      <h1 className="sr-only">This page could not be shown</h1>
      <ErrorState
        title="This page could not be shown"
        onRetry={retry}
        action={<LinkButton href={paths.home()}>Go home</LinkButton>}
        {...(digest ? { requestId: digest } : {})}
      >
        {digest
          ? "Something went wrong on our side. Nothing was changed by it. If trying again does not help, the number below finds it in the log."
          : "Something went wrong in your browser. Nothing was changed by it. Trying again usually helps."}
      </ErrorState>
    </div>
  );
}
