import { AsyncLocalStorage } from "node:async_hooks";
import { singleton } from "@/server/kernel/singleton";

const counter = () => singleton("round-trips", () => new AsyncLocalStorage<{ count: number }>());

/** Counts the SQL round trips that `work` makes to the control plane; `Server-Timing` reports them. */
export function countingRoundTrips<T>(tally: { count: number }, work: () => T): T {
  return counter().run(tally, work);
}

export function countRoundTrip(): void {
  const tally = counter().getStore();
  if (tally) tally.count++;
}
