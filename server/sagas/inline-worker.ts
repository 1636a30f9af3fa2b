import type { Loaded } from "./journal";

/** What `enqueue` knows of a worker in its own process. */
export interface InlineWorker {
  readonly owner: string;
  /** True when a hand is free; it is held until `start` or for a second. */
  reserve(): boolean;
  start(operation: Loaded): void;
  wake(): void;
}

const key = Symbol.for("freehold.inline-worker");
const holder = globalThis as unknown as Record<symbol, InlineWorker | undefined>;

export function inlineWorker(): InlineWorker | undefined {
  return holder[key];
}

export function registerInlineWorker(worker: InlineWorker | undefined): void {
  holder[key] = worker;
}
