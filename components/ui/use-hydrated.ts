"use client";

import { useSyncExternalStore } from "react";

function subscribe() {
  return () => {};
}

/** False on the server and in the first render of the browser, so that both agree. */
export function useHydrated() {
  return useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
}
