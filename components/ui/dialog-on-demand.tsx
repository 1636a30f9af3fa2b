"use client";

import { lazy, Suspense, type ComponentType } from "react";

import { useRound } from "./use-round";

/** A dialog whose code comes with its first opening, and which is fresh with each. */
export function dialogOnDemand<Props extends { open: boolean }>(load: () => Promise<ComponentType<Props>>) {
  const Dialog: ComponentType<Props> = lazy(async () => ({ default: await load() }));
  return function DialogOnDemand(props: Props) {
    const round = useRound(props.open);
    if (round === 0) return null;
    return (
      <Suspense>
        <Dialog key={round} {...props} />
      </Suspense>
    );
  };
}
