import { listEnvironmentAudit, listOrganizationAudit } from "@/server/domain/audit/list";
import { ListEnvironmentAudit, ListOrganizationAudit } from "@/server/domain/audit/schema";
import { environmentProcedure, organizationProcedure, router } from "@/server/api/trpc";

export const auditRouter = router({
  list: organizationProcedure.input(ListOrganizationAudit).query(({ ctx, input }) => listOrganizationAudit(ctx, input)),
  listEnvironment: environmentProcedure.input(ListEnvironmentAudit).query(({ ctx, input }) => listEnvironmentAudit(ctx, input)),
});
