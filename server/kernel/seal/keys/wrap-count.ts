import { appendFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { KeyRef } from "./key-provider";
import type { WrapCount } from "./keyring";

const wrapsPerByte = 4096;

/**
 * Counts wraps across restarts and processes: a file per version that grows by a byte before
 * each next 4,096 wraps. Appending needs no lock, and the count is never too low.
 */
export function countInFiles(directory: string): WrapCount {
  const left = new Map<string, number>();
  const pathOf = ({ version }: KeyRef) => join(directory, `keyring.${version}.wraps`);
  return {
    add(ref) {
      let rest = left.get(ref.version) ?? 0;
      if (rest === 0) {
        appendFileSync(pathOf(ref), "+", { mode: 0o600, flush: true });
        rest = wrapsPerByte;
      }
      left.set(ref.version, rest - 1);
    },
    total: (ref) => (statSync(pathOf(ref), { throwIfNoEntry: false })?.size ?? 0) * wrapsPerByte,
  };
}
