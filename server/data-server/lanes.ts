import type { Executor } from "./executor-process";
import { RequestError } from "./request-error";
import type { Stream } from "./streams";

/** Work for one executor, waiting for its turn among the work for the same database. */
export interface Job {
  readonly database: string;
  /** Whose request it is; null for what the server itself wants done. */
  readonly stream: Stream | null;
  /** The one executor that can do it, or null. */
  readonly executor: Executor | null;
  /** When it gives up waiting, in milliseconds of `performance.now()`. */
  readonly deadline: number;
  /** Not before then, because a writer holds the database. */
  notBefore: number;
  start(executor: Executor): void;
  fail(because: RequestError): void;
}

interface Lane {
  waiting: Job[];
  running: number;
}

/** A queue per database, so that one with much to do delays nobody but itself. */
export interface Lanes {
  lanes: Map<string, Lane>;
  waiting: number;
  /** How many jobs of one database run at once. */
  abreast: number;
}

const longest = 128;
const most = 4_096;

const tooMany = (what: string) => new RequestError("SQLITE_BUSY", `${what} Try again in a moment.`, 503);

export const createLanes = (abreast: number): Lanes => ({ lanes: new Map(), waiting: 0, abreast });

function laneOf({ lanes }: Lanes, database: string): Lane {
  const found = lanes.get(database);
  if (found) return found;
  const lane = { waiting: [], running: 0 };
  lanes.set(database, lane);
  return lane;
}

/** Throws when too much is waiting already. */
export function addJob(all: Lanes, job: Job): void {
  if (all.waiting >= most) throw tooMany("The data server has too much to do.");
  const lane = laneOf(all, job.database);
  if (lane.waiting.length >= longest) throw tooMany("Too many requests are waiting for this database.");
  lane.waiting.push(job);
  all.waiting += 1;
}

/** To the front, however much is waiting. */
export function addFirst(all: Lanes, job: Job): void {
  laneOf(all, job.database).waiting.unshift(job);
  all.waiting += 1;
}

/** The next job that `choose` finds an executor for, lane by lane in turn. */
export function nextJob(
  all: Lanes,
  choose: (job: Job) => Executor | undefined,
): { job: Job; executor: Executor } | null {
  if (all.waiting === 0) return null;
  const now = performance.now();
  for (const [database, lane] of all.lanes) {
    if (lane.waiting.length === 0) continue;
    const mayRun = (job: Job) =>
      job.notBefore <= now && (job.executor !== null || lane.running < all.abreast);
    for (const [index, job] of lane.waiting.entries()) {
      const executor = mayRun(job) ? choose(job) : undefined;
      if (!executor) continue;
      lane.waiting.splice(index, 1);
      lane.running += 1;
      all.waiting -= 1;
      // Behind all the others, for the next time.
      all.lanes.delete(database);
      all.lanes.set(database, lane);
      return { job, executor };
    }
  }
  return null;
}

/** To be called when a job has ended. Whoever waits for a writer of this database may try again. */
export function jobEnded({ lanes }: Lanes, database: string): void {
  const lane = lanes.get(database);
  if (!lane) return;
  lane.running -= 1;
  for (const job of lane.waiting) job.notBefore = 0;
  if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(database);
}

/** Takes out the jobs for which there is a reason, and fails them with it. */
export function dropJobs(all: Lanes, reason: (job: Job) => RequestError | null): void {
  if (all.waiting === 0) return;
  const dropped: [Job, RequestError][] = [];
  for (const [database, lane] of all.lanes) {
    lane.waiting = lane.waiting.filter((job) => {
      const because = reason(job);
      if (because) dropped.push([job, because]);
      return !because;
    });
    if (lane.running === 0 && lane.waiting.length === 0) all.lanes.delete(database);
  }
  all.waiting -= dropped.length;
  for (const [job, because] of dropped) job.fail(because);
}
