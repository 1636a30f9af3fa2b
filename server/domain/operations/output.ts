import { z } from "zod";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { operationStatuses } from "./names";

/** What an answer says of the long work that it ordered. */
export const OperationReference = z.object({ id: z.uuid() }).meta({ id: "OperationReference" });

export const Ordered = z.object({ operation: OperationReference });

const head = {
  id: z.uuid(),
  saga: z.string(),
  title: z.string(),
  status: z.enum(operationStatuses),
  subject: z.string(),
  environmentId: z.string().nullable(),
  organizationId: z.string().nullable(),
  actor: z.string(),
  createdAt: Moment,
  startedAt: Moment.nullable(),
  finishedAt: Moment.nullable(),
  error: z.string().nullable(),
};

const Step = z
  .object({
    name: z.string(),
    title: z.string(),
    status: z.enum(["pending", "running", "succeeded", "failed", "undone"]),
    detail: z.string().nullable(),
    error: z.string().nullable(),
    startedAt: Moment.nullable(),
    finishedAt: Moment.nullable(),
  })
  .meta({ id: "OperationStep" });

export const Operation = z
  .object({
    ...head,
    requestId: z.string().describe("The request that ordered it."),
    place: z
      .object({ organization: z.string(), environment: z.string() })
      .nullable()
      .describe("The slugs of its environment, while there is one that the caller belongs to."),
    attempts: z.number().int(),
    nextAttemptAt: Moment.nullable(),
    steps: z.array(Step),
  })
  .meta({ id: "Operation" });

export const OperationPage = pageOutput(z.object(head).meta({ id: "OperationSummary" }));
