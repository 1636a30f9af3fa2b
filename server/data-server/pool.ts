import { logger } from "@/server/kernel/logger";
import { startExecutor, type Executor } from "./executor-process";
import { startGuard } from "./guard";
import { RequestError } from "./request-error";

export interface PoolOptions {
  directory: string;
  /** Executors that are neither in a long statement nor held by a stream, as far as `most` allows. */
  spare: number;
  most: number;
  /** Connections that one executor keeps open. */
  handles: number;
  onReady(): void;
  onExit(executor: Executor): void;
}

export interface Pool {
  /** Those that take commands, or will when they have started. */
  executors: ReadonlySet<Executor>;
  /** Starts what is missing and ends what has been too many for a while. */
  tend(): void;
  close(): Promise<void>;
}

/** From then on a statement counts as long, and another executor takes its place. */
const longMs = 100;
const idleMs = 10_000;
const retryMs = 1_000;
const stopMs = 2_000;

/** The executors: warm ones in reserve, more while some are taken, never more than `most`. */
export function createPool({ directory, spare, most, handles, onReady, onExit }: PoolOptions): Pool {
  const executors = new Set<Executor>();
  const alive = new Set<Executor>();
  const guard = startGuard();
  let closing: (() => void) | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;

  function ended(executor: Executor): void {
    alive.delete(executor);
    guard.remove(executor.pid);
    if (executors.delete(executor)) onExit(executor);
    if (alive.size === 0) closing?.();
    if (closing) return;
    if (!executor.isReady) {
      logger.error({ pid: executor.pid }, "An executor ended before it could run anything");
      failedAt = performance.now();
    }
    tend();
  }

  function start(): void {
    const executor = startExecutor({ directory, handles, onReady, onExit: ended });
    executors.add(executor);
    alive.add(executor);
    guard.add(executor.pid);
  }

  function tend(): void {
    const now = performance.now();
    if (closing || now - failedAt < retryMs) return;
    const taken = [...executors].filter((executor) => isTaken(executor, now)).length;
    const wanted = Math.min(most, taken + spare);
    // One after the other: on a busy machine everything takes long, and starting takes more of it than running.
    const isStarting = [...executors].some(({ isReady }) => !isReady);
    while (executors.size < (isStarting ? Math.min(wanted, spare) : wanted)) start();
    if (executors.size <= wanted) return;
    const [least] = [...executors]
      .filter((executor) => isUnused(executor, now))
      .toSorted((a, b) => a.databases.size - b.databases.size);
    if (!least) return;
    executors.delete(least);
    least.stop();
  }

  tend();
  return {
    executors,
    tend,
    async close() {
      const because = new RequestError("SQLITE_ABORT", "The data server is stopping.", 503);
      const ending = new Promise<void>((resolve) => (closing = resolve));
      if (alive.size === 0) closing?.();
      for (const executor of alive) executor.stop();
      const timer = setTimeout(() => alive.forEach((executor) => executor.kill(because)), stopMs);
      await ending;
      clearTimeout(timer);
      guard.close();
    },
  };
}

const isTaken = ({ running, owner }: Executor, now: number) =>
  owner !== null || (running !== null && now - running.begun > longMs);

const isUnused = ({ running, owner, isReady, idleSince }: Executor, now: number) =>
  isReady && !running && owner === null && now - idleSince > idleMs;
