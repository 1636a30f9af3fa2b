import { env } from "./env";

const passed = new Map<string, number>();

/**
 * A named place where a crash test may kill the process: FREEHOLD_FAILPOINT is
 * `name` or `name@n`, which dies at the n-th pass. Costs a comparison otherwise.
 */
export function failpoint(name: string): void {
  const wanted = env().failpoint;
  if (!wanted) return;
  const count = (passed.get(name) ?? 0) + 1;
  passed.set(name, count);
  if (wanted === name || wanted === `${name}@${count}`) process.kill(process.pid, "SIGKILL");
}
