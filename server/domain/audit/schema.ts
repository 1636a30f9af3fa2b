import { z } from "zod";
import { EnvironmentId } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";

const filters = {
  ...pageInput,
  order: z.enum(["asc", "desc"]).default("desc"),
  action: z.string().regex(/^[a-z_.]+$/).max(60).optional(),
  actor: z.string().max(64).optional(),
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
};

export const ListOrganizationAudit = z.strictObject({ organization: z.string().min(1).max(63), ...filters });
export type ListOrganizationAudit = z.infer<typeof ListOrganizationAudit>;

export const ListEnvironmentAudit = z.strictObject({ environment: EnvironmentId, ...filters });
export type ListEnvironmentAudit = z.infer<typeof ListEnvironmentAudit>;
