import type { Answer, Executor } from "./executor-process";
import { addFirst, addJob, jobEnded, type Job } from "./lanes";
import type { Command, RunCommand } from "./messages";
import { hold, letGo, lost, type Scheduling } from "./scheduling";
import type { Stream } from "./streams";

/** A request of a stream, as it came. */
export interface Task {
  stream: Stream;
  kind: RunCommand["kind"];
  body: Buffer;
  onPart(bytes: Buffer): void;
}

const writerMs = 5_000;
const againMs = 15;

/**
 * Runs a request when its turn comes. A writer that holds the database is waited for here, and not
 * in an executor. Throws RequestError when no executor answers; then the stream is over.
 */
export async function runRequest(scheduling: Scheduling, task: Task): Promise<Answer> {
  const { stream } = task;
  let busySince: number | null = null;
  for (;;) {
    const now = performance.now();
    if (stream.ended) throw stream.ended;
    const patient = busySince === null || now - busySince < writerMs;
    const answer = await attempt(scheduling, task, { patient, isAgain: busySince !== null });
    if (answer.report.type !== "busy") return answer;
    busySince ??= now;
  }
}

function attempt(
  scheduling: Scheduling,
  task: Task,
  { patient, isAgain }: { patient: boolean; isAgain: boolean },
): Promise<Answer> {
  const { stream, body, onPart } = task;
  const { tenant, databaseName: database, scope, limits } = stream.access;
  const now = performance.now();
  return new Promise((resolve, reject) => {
    const job: Job = {
      database,
      stream,
      executor: stream.executor,
      deadline: now + scheduling.waitMs,
      notBefore: isAgain ? now + againMs : 0,
      fail: reject,
      start(executor) {
        const command: Command = {
          type: "run",
          kind: task.kind,
          stream: stream.id,
          database,
          tenant,
          scope,
          limits,
          patient,
        };
        scheduling.running.set(executor, job);
        executor.databases.add(database);
        executor.run(command, body, onPart).then(
          (answer) => {
            settle(executor, stream, answer);
            end(scheduling, executor, database);
            resolve(answer);
          },
          (error: Error) => {
            end(scheduling, executor, database);
            reject(error);
          },
        );
      },
    };
    if (isAgain) addFirst(scheduling.lanes, job);
    else addJob(scheduling.lanes, job);
    scheduling.dispatch();
  });
}

function end({ running, lanes, dispatch }: Scheduling, executor: Executor, database: string): void {
  running.delete(executor);
  jobEnded(lanes, database);
  dispatch();
}

function settle(executor: Executor, stream: Stream, { report }: Answer): void {
  stream.last = executor;
  if (report.type === "busy") return;
  if (report.state === "held") hold(executor, stream);
  else letGo(executor, stream);
}

/** Undoes what a stream that is over has open in its executor. */
export function undo(scheduling: Scheduling, stream: Stream): void {
  const { executor } = stream;
  if (!executor) return;
  const command: Command = { type: "end", stream: stream.id };
  void tell(scheduling, executor, stream.access.databaseName, command).then(() => letGo(executor, stream));
}

/** Has an executor do something as soon as it is free. Resolves when it has, or is gone. */
export function tell(
  scheduling: Scheduling,
  executor: Executor,
  database: string,
  command: Command,
): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      resolve();
      end(scheduling, executor, database);
    };
    addFirst(scheduling.lanes, {
      database,
      stream: null,
      executor,
      deadline: Number.POSITIVE_INFINITY,
      notBefore: 0,
      fail: () => resolve(),
      start: () => void executor.run(command, "", () => {}).then(finish, finish),
    });
    scheduling.dispatch();
  });
}

/** Everything that an executor had is gone with it. */
export function abandon({ streams }: Scheduling, executor: Executor): void {
  for (const stream of streams.all()) {
    if (stream.executor !== executor) continue;
    stream.executor = null;
    streams.end(stream, lost());
  }
}
