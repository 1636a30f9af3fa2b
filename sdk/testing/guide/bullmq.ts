import { Queue, Worker, type ConnectionOptions } from "bullmq";
import { addAs, processAs } from "@freehold/sdk/bullmq";
import type { TenantResolver } from "@freehold/sdk/incoming";
import type { TenantSender } from "@freehold/sdk/outgoing";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";

export async function scheduleReport(
  context: TenantContext,
  sender: TenantSender,
  reports: Queue,
  term: number,
) {
  const options = { attempts: 5, backoff: { type: "exponential", delay: 1_000 } };
  await addAs(context, sender, reports, { name: "monthly", payload: { term }, options });
}

export function workOnReports(
  resolver: TenantResolver,
  connection: ConnectionOptions,
  report: (context: TenantContext, payload: unknown) => Promise<void>,
) {
  const deadLetters = new Queue("reports-dead", { connection });
  return {
    worker: new Worker("reports", processAs({ resolver, deadLetters }, report), { connection }),
    deadLetters,
  };
}
