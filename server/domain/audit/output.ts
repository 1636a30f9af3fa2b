import { z } from "zod";
import { Moment, pageOutput } from "@/server/kernel/page-output";

export const AuditDetail = z.record(z.string(), z.unknown());
export type AuditDetail = z.infer<typeof AuditDetail>;

export const AuditPage = pageOutput(
  z
    .object({
      id: z.uuid(),
      seq: z.number().int().describe("Its place in the organization's chain, from 1."),
      at: Moment,
      actor: z.object({ kind: z.string(), id: z.string().nullable(), label: z.string() }),
      action: z.string(),
      environmentId: z.string().nullable(),
      subject: z.object({ kind: z.string(), id: z.string(), label: z.string() }),
      detail: AuditDetail.describe("What changed, as it was recorded: its keys are not converted."),
      requestId: z.string(),
      door: z.string(),
      ip: z.string().nullable(),
      hash: z.string(),
    })
    .meta({ id: "AuditEntry" }),
);
