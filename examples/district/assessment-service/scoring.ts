import { randomInt } from "node:crypto";
import type { Freehold } from "@freehold/sdk";
import { addAs, processAs } from "@freehold/sdk/bullmq";
import type { TenantResolver } from "@freehold/sdk/incoming";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";
import { Queue, Worker } from "bullmq";
import { assessmentsPackage, recordResult, Taken } from "./assessments";

const queueName = "scoring";

interface Scoring {
  freehold: Pick<Freehold, "withDatabase" | "sender" | "report">;
  resolver: TenantResolver;
  redis: { host: string; port: number };
  onError: (error: unknown) => void;
}

/** What is asked for is scored later, by whichever process takes the message. */
export function startScoring({ freehold, resolver, redis, onError }: Scoring) {
  const queue = new Queue(queueName, { connection: redis });
  const deadLetters = new Queue(`${queueName}-dead`, { connection: redis });
  const score = async (context: TenantContext, payload: unknown) => {
    const taken = Taken.parse(payload);
    const by = context.subject ? `${context.subject.kind}:${context.subject.id}` : "nobody";
    await freehold.withDatabase(context, (database) => recordResult(database, taken, by), {
      minSchema: assessmentsPackage,
    });
  };
  const worker = new Worker(queueName, processAs({ resolver, deadLetters, report: freehold.report }, score), {
    connection: redis,
  });
  queue.on("error", onError);
  deadLetters.on("error", onError);
  worker.on("error", onError);
  return {
    async ask(context: TenantContext, { assessment, student }: Omit<Taken, "score">): Promise<void> {
      const payload: Taken = { assessment, student, score: randomInt(60, 101) };
      const options = { attempts: 3, removeOnComplete: true };
      await addAs(context, freehold.sender, queue, { name: "record", payload, options });
    },
    /** Jobs that wait or are under way. */
    countOpen: async () => (await queue.getWaitingCount()) + (await queue.getActiveCount()),
    /** Refused jobs, for whoever looks after them. */
    countDead: () => deadLetters.getWaitingCount(),
    async stop() {
      await worker.close();
      await Promise.all([queue.close(), deadLetters.close()]);
    },
  };
}
