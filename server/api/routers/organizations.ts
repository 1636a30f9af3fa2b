import { createOrganization } from "@/server/domain/organizations/create";
import { getOrganization } from "@/server/domain/organizations/get";
import { listAllOrganizations } from "@/server/domain/organizations/list-all";
import { listMyOrganizations } from "@/server/domain/organizations/list-mine";
import { CreateOrganization, ListOrganizations, OrganizationRef, SetTier, UpdateOrganization } from "@/server/domain/organizations/schema";
import { setTier } from "@/server/domain/organizations/set-tier";
import { updateOrganization } from "@/server/domain/organizations/update";
import { operatorProcedure, organizationProcedure, router, userProcedure } from "@/server/api/trpc";

export const organizationsRouter = router({
  create: userProcedure.input(CreateOrganization).mutation(({ ctx, input }) => createOrganization(ctx, input)),
  list: userProcedure.input(ListOrganizations).query(({ ctx, input }) => listMyOrganizations(ctx, input)),
  get: organizationProcedure.input(OrganizationRef).query(({ ctx }) => getOrganization(ctx)),
  update: organizationProcedure.input(UpdateOrganization).mutation(({ ctx, input }) => updateOrganization(ctx, input)),
  listAll: operatorProcedure.input(ListOrganizations).query(({ ctx, input }) => listAllOrganizations(ctx, input)),
  setTier: operatorProcedure.input(SetTier).mutation(({ ctx, input }) => setTier(ctx, input)),
});
