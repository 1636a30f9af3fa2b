import {
  DelayedError,
  UnrecoverableError,
  type Job,
  type JobsOptions,
  type Processor,
  type Queue,
} from "bullmq";
import { isFreeholdError } from "../errors/freehold-error.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import type { TenantResolver } from "./incoming.ts";
import { incomingJob, openJob, sealJob } from "./jobs.ts";
import type { TenantSender } from "./outgoing.ts";
import { isFinal, tell, type ReportRefusal } from "./report.ts";

export interface OutgoingBullJob {
  name: string;
  payload: unknown;
  /** Seconds until its last attempt must have begun: a day unless it is said, seven days at most. */
  lifetimeSeconds?: number;
  options?: JobsOptions;
}

/** Adds a job for a tenant. It is signed for this queue and this name. */
export async function addAs(
  context: TenantContext,
  sender: TenantSender,
  queue: Queue,
  { name, payload, lifetimeSeconds, options }: OutgoingBullJob,
): Promise<Job> {
  const outgoing = {
    queue: destinationOf(queue.name, name),
    payload,
    ...(lifetimeSeconds !== undefined && { lifetimeSeconds }),
  };
  return queue.add(name, await sealJob(context, sender, outgoing), options);
}

function destinationOf(queue: string, name: string): string {
  return `${queue}/${name}`;
}

/** A refused job as it lies in the queue of dead letters. */
export interface DeadJob {
  refused: string;
  queue: string;
  name: string;
  data: unknown;
}

export interface BullWorker {
  resolver: TenantResolver;
  /** Where refused jobs go, beside the failed ones of their own queue. */
  deadLetters: Queue;
  /** When a job that cannot be judged at the moment is tried again; that is no attempt of it. */
  retryAfterMs?: number;
  report?: ReportRefusal;
}

export type BullHandler = (context: TenantContext, payload: unknown, job: Job) => Promise<unknown>;

/**
 * A processor for BullMQ's Worker that hands each job to `handle` with its tenant, judged anew at
 * every attempt. A refused job fails without further attempts and without effect, and is in the
 * queue of dead letters with the code of its refusal. What the handler throws is BullMQ's matter.
 */
export function processAs(options: BullWorker, handle: BullHandler): Processor {
  const { resolver, deadLetters, retryAfterMs = 1_000 } = options;
  return async (job, token) => {
    const destination = destinationOf(job.queueName, job.name);
    const opened = await openJob(resolver, destination, job.data).catch(async (error: unknown) => {
      tell(options, error, incomingJob(destination, job.data));
      if (isFinal(error)) return bury(deadLetters, job, error.code);
      if (!isFreeholdError(error)) throw error;
      await job.moveToDelayed(Date.now() + retryAfterMs, token);
      throw new DelayedError();
    });
    return handle(opened.context, opened.payload, job);
  };
}

async function bury(deadLetters: Queue, job: Job, code: string): Promise<never> {
  const dead: DeadJob = { refused: code, queue: job.queueName, name: job.name, data: job.data };
  // Killed after this line, the job comes again and finds its letter there.
  await deadLetters.add("refused", dead, { jobId: `${job.queueName}-${job.id}-${job.attemptsMade}` });
  throw new UnrecoverableError(`Refused: ${code}`);
}
