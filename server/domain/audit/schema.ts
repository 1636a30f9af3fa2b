import { z } from "zod";
import { EnvironmentId } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { auditSpans } from "./names";

const filters = {
  ...pageInput,
  order: z.enum(["asc", "desc"]).default("desc"),
  action: z
    .string()
    .regex(/^[a-z_.]+$/)
    .max(60)
    .optional(),
  actor: z.string().max(64).optional(),
  within: z.enum(auditSpans).optional().describe("Only what happened in the last hour, day, week or month."),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
};

export const ListOrganizationAudit = z.strictObject({ organization: z.string().min(1).max(63), ...filters });
export type ListOrganizationAudit = z.infer<typeof ListOrganizationAudit>;

export const ListEnvironmentAudit = z.strictObject({ environment: EnvironmentId, ...filters });
export type ListEnvironmentAudit = z.infer<typeof ListEnvironmentAudit>;

export const AuditEntryRef = z.strictObject({
  organization: z.string().min(1).max(63),
  entry: z.uuid("This is not the id of an entry."),
});
export type AuditEntryRef = z.infer<typeof AuditEntryRef>;
