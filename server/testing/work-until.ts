import { setImmediate as turn } from "node:timers/promises";
import { attempt } from "./attempts";
import type { World } from "./world";

/** Does what is due, as the only worker there is, until `waiting` has its answer. */
export async function workUntil<T>(world: World, waiting: Promise<T>): Promise<T> {
  let isOver = false;
  const ended = waiting.finally(() => (isOver = true));
  // Whoever is handed the promise hears of a refusal.
  ended.catch(() => {});
  while (!isOver) if (!(await attempt(world))) await turn();
  return ended;
}

/** Does everything that is due. */
export async function workOff(world: World): Promise<void> {
  while (await attempt(world));
}
