import type { Executor } from "./executor-process";
import type { Job } from "./lanes";
import { residentBytes } from "./memory";
import { RequestError } from "./request-error";

/** A request may be many statements, but not without end. */
const statementsPerRequest = 10;
/** A beat may be so late. */
const beatMs = 50;
/** What an executor takes up by itself, all its open databases included. */
const ownBytes = 192 * 1024 * 1024;

/** Ends the executor whose statement runs too long or takes too much memory. Asked again and again. */
export async function watchRunning(executor: Executor, { stream }: Job): Promise<void> {
  const { running } = executor;
  if (!running || !stream) return;
  const { statementMs, memoryMb } = stream.access.limits;
  const now = performance.now();
  const isLong = now - running.since > statementMs + beatMs;
  if (isLong || now - running.begun > statementMs * statementsPerRequest) {
    executor.kill(tookTooLong(isLong ? statementMs : statementMs * statementsPerRequest));
    return;
  }
  const bytes = await residentBytes(executor.pid);
  if (bytes > ownBytes + memoryMb * 1024 * 1024 && executor.running === running)
    executor.kill(tookTooMuch(memoryMb));
}

const tookTooLong = (milliseconds: number) =>
  new RequestError(
    "SQLITE_INTERRUPT",
    `This ran longer than ${milliseconds} ms and was ended. Nothing of an open transaction was kept.`,
  );

const tookTooMuch = (megabytes: number) =>
  new RequestError(
    "SQLITE_NOMEM",
    `This took more than ${megabytes} MB of memory and was ended. Nothing of an open transaction was kept.`,
  );
