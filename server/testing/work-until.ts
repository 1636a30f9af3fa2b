import { setImmediate as turn } from "node:timers/promises";
import { operation } from "@/drizzle/control/schema/operations";
import { attempt } from "./attempts";
import type { World } from "./world";

interface Working {
  /** Do not wait between the attempts of what has failed. */
  withoutWaits?: boolean;
}

/** Does what is due, as the only worker there is, until `waiting` has its answer. */
export async function workUntil<T>(world: World, waiting: Promise<T>, working: Working = {}): Promise<T> {
  let isOver = false;
  const ended = waiting.finally(() => (isOver = true));
  // Whoever is handed the promise hears of a refusal.
  ended.catch(() => {});
  while (!isOver) {
    if (await attempt(world)) continue;
    if (working.withoutWaits) await world.db.update(operation).set({ runAfter: 0 });
    await turn();
  }
  return ended;
}

/** Does everything that is due. */
export async function workOff(world: World): Promise<void> {
  while (await attempt(world));
}
