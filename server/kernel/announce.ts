import { EventEmitter } from "node:events";
import { singleton } from "./singleton";

const bus = () =>
  singleton("operation-bus", () => {
    const emitter = new EventEmitter();
    emitter.setMaxListeners(0);
    return emitter;
  });

/** Tells this process that an operation has moved. Other processes see it by polling. */
export function announce(operationId: string): void {
  bus().emit("moved", operationId);
}

/** Resolves at the next announcement of this operation, after `timeoutMs`, or when `signal` aborts. */
export function nextMove(operationId: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      bus().off("moved", onMove);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const onMove = (moved: string) => {
      if (moved === operationId) finish();
    };
    const timer = setTimeout(finish, timeoutMs);
    bus().on("moved", onMove);
    signal.addEventListener("abort", finish, { once: true });
    if (signal.aborted) finish();
  });
}
