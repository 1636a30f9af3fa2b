import { getAuditEntry } from "@/server/domain/audit/get";
import { listEnvironmentAudit, listOrganizationAudit } from "@/server/domain/audit/list";
import { AuditPage } from "@/server/domain/audit/output";
import { AuditEntryRef, ListEnvironmentAudit, ListOrganizationAudit } from "@/server/domain/audit/schema";
import { rest } from "@/server/api/rest/meta";
import { environmentProcedure, organizationProcedure, router } from "@/server/api/trpc";

export const auditRouter = router({
  list: organizationProcedure
    .meta(rest("GET /organizations/{organization}/audit", "List the organization's audit entries"))
    .input(ListOrganizationAudit)
    .output(AuditPage)
    .query(({ ctx, input }) => listOrganizationAudit(ctx, input)),
  get: organizationProcedure.input(AuditEntryRef).query(({ ctx, input }) => getAuditEntry(ctx, input)),
  listEnvironment: environmentProcedure
    .meta(rest("GET /environments/{environment}/audit", "List the audit entries of an environment"))
    .input(ListEnvironmentAudit)
    .output(AuditPage)
    .query(({ ctx, input }) => listEnvironmentAudit(ctx, input)),
});
