"use client";

import { lazy, Suspense } from "react";
import type { OperationTimelineProps } from "./operation-timeline";
import { TimelineSkeleton } from "./timeline-skeleton";

const OperationTimeline = lazy(async () => ({
  default: (await import("./operation-timeline")).OperationTimeline,
}));

/** The steps of an operation on a page that mostly shows none: loaded with the first one. */
export function LaterTimeline(props: OperationTimelineProps) {
  return (
    <Suspense fallback={<TimelineSkeleton />}>
      <OperationTimeline {...props} />
    </Suspense>
  );
}
