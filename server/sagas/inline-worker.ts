import { singleton } from "@/server/kernel/singleton";
import type { Loaded } from "./journal";

/** What `enqueue` knows of a worker in its own process. */
export interface InlineWorker {
  readonly owner: string;
  /** True when a hand is free; it is held until `start` or for a second. */
  reserve(): boolean;
  start(operation: Loaded): void;
  wake(): void;
}

const slot = () => singleton<{ worker?: InlineWorker | undefined }>("inline-worker", () => ({}));

export function inlineWorker(): InlineWorker | undefined {
  return slot().worker;
}

export function registerInlineWorker(worker: InlineWorker | undefined): void {
  slot().worker = worker;
}
