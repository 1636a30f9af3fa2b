import type { Executor } from "./executor-process";
import type { Job, Lanes } from "./lanes";
import type { Pool } from "./pool";
import { RequestError } from "./request-error";
import type { Stream, Streams } from "./streams";

/** What the parts of the scheduler share. */
export interface Scheduling {
  pool: Pool;
  lanes: Lanes;
  streams: Streams;
  running: Map<Executor, Job>;
  /** How long a request waits for an executor. */
  waitMs: number;
  /** Looks for work that can start now. */
  dispatch(this: void): void;
}

export const lost = () =>
  new RequestError("SQLITE_ABORT", "The transaction was undone: the process that held it ended.", 500);

/** The executor alone can go on with this stream from now on, and works for its database only. */
export function hold(executor: Executor, stream: Stream): void {
  stream.executor = executor;
  executor.holds.add(stream.id);
  executor.owner = stream.access.databaseName;
}

export function letGo(executor: Executor, stream: Stream): void {
  stream.executor = null;
  executor.holds.delete(stream.id);
  if (executor.holds.size === 0) executor.owner = null;
}
