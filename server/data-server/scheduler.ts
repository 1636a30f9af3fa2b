import { chooseExecutor } from "./choose-executor";
import type { Answer, Executor } from "./executor-process";
import { createLanes, dropJobs, nextJob } from "./lanes";
import { createPool, type PoolOptions } from "./pool";
import { RequestError } from "./request-error";
import { abandon, runRequest, tell, undo, type Task } from "./run-request";
import { lost, type Scheduling } from "./scheduling";
import { createStreams, expired, type Stream, type Streams } from "./streams";
import { watchRunning } from "./watch-running";

export interface SchedulerOptions extends Omit<PoolOptions, "onReady" | "onExit"> {
  /** Executors that one database has at once. */
  abreast: number;
  /** A stream that is quiet for so long is over. */
  quietMs: number;
  /** How long a request waits for an executor. */
  waitMs: number;
}

export interface ExecutorFacts {
  pid: number;
  databases: number;
  holds: number;
  isBusy: boolean;
}

export interface Scheduler {
  streams: Streams;
  /** Resolves when there is an executor. */
  ready: Promise<void>;
  /** Runs a request of a stream. Throws RequestError when there is no answer; then the stream is over. */
  run(task: Task): Promise<Answer>;
  /** Ends a stream, whatever it is doing, and undoes its transaction. */
  end(stream: Stream, because: RequestError): void;
  /** Closes what executors have open of a database. */
  forget(database: string): void;
  /** The processes that run SQL: what each has open, how many streams it holds, whether it runs something. */
  executors(): ExecutorFacts[];
  close(): Promise<void>;
}

const tickMs = 25;
const sweepMs = 1_000;
/** While all executors are taken and somebody waits, so long is quiet enough. */
const pressedMs = 1_000;

const noneFree = () =>
  new RequestError("SQLITE_BUSY", "No executor was free in time. Try again in a moment.", 503);
const stopping = () => new RequestError("SQLITE_ABORT", "The data server is stopping.", 503);

/** Brings requests to executors: fairly among databases, to one that has the database open if there is one. */
export function createScheduler({ abreast, quietMs, waitMs, ...pool }: SchedulerOptions): Scheduler {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const ready = Promise.withResolvers<void>();
  const scheduling: Scheduling = {
    lanes: createLanes(abreast),
    streams: createStreams(),
    running: new Map(),
    waitMs,
    dispatch,
    pool: createPool({
      ...pool,
      onReady: () => ready.resolve(dispatch()),
      onExit(executor) {
        abandon(scheduling, executor);
        dropJobs(scheduling.lanes, (job) => (job.executor === executor ? lost() : null));
        dispatch();
      },
    }),
  };
  const { lanes, running, streams } = scheduling;

  function dispatch(): void {
    if (isClosed) return;
    startJobs(scheduling);
    if (timer === undefined && (running.size > 0 || lanes.waiting > 0)) timer = setTimeout(tick, tickMs);
  }

  function tick(): void {
    timer = undefined;
    const now = performance.now();
    for (const [executor, job] of running) void watchRunning(executor, job);
    dropJobs(lanes, ({ deadline }) => (deadline < now ? noneFree() : null));
    scheduling.pool.tend();
    if (lanes.waiting > 0 && scheduling.pool.executors.size >= pool.most) endQuiet(scheduling, pressedMs);
    dispatch();
  }

  const sweeper = setInterval(() => {
    endQuiet(scheduling, quietMs);
    scheduling.pool.tend();
  }, sweepMs).unref();

  return {
    streams,
    ready: ready.promise,
    run: (task) => runRequest(scheduling, task),
    end: (stream, because) => endStream(scheduling, stream, because),
    forget: (database) => forget(scheduling, database),
    executors: () => [...scheduling.pool.executors].map(factsOf),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      clearInterval(sweeper);
      dropJobs(lanes, stopping);
      await scheduling.pool.close();
    },
  };
}

/** Gives work to executors as long as there are both. */
function startJobs(scheduling: Scheduling): void {
  const next = () => nextJob(scheduling.lanes, (job) => chooseExecutor(scheduling, job));
  for (let found = next(); found; found = next()) found.job.start(found.executor);
}

const factsOf = ({ pid, databases, holds, running }: Executor): ExecutorFacts => ({
  pid,
  databases: databases.size,
  holds: holds.size,
  isBusy: running !== null,
});

function endStream(scheduling: Scheduling, stream: Stream, because: RequestError): void {
  if (stream.ended) return;
  scheduling.streams.end(stream, because);
  dropJobs(scheduling.lanes, (job) => (job.stream === stream ? because : null));
  for (const [executor, job] of scheduling.running) {
    if (job.stream !== stream) continue;
    executor.kill(because);
    return;
  }
  undo(scheduling, stream);
}

function endQuiet(scheduling: Scheduling, quietMs: number): void {
  const before = performance.now() - quietMs;
  for (const stream of scheduling.streams.all())
    if (!stream.isBusy && stream.usedAt < before) endStream(scheduling, stream, expired());
}

function forget(scheduling: Scheduling, database: string): void {
  for (const executor of scheduling.pool.executors)
    if (executor.databases.has(database))
      void tell(scheduling, executor, database, { type: "forget", database });
}
