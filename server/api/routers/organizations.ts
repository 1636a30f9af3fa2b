import { createOrganization } from "@/server/domain/organizations/create";
import { getOrganization } from "@/server/domain/organizations/get";
import { listAllOrganizations } from "@/server/domain/organizations/list-all";
import { listMyOrganizations } from "@/server/domain/organizations/list-mine";
import {
  CreatedOrganization,
  FencedOrganization,
  FleetOrganizationPage,
  MyOrganizationPage,
  Organization,
  UpdatedOrganization,
} from "@/server/domain/organizations/output";
import {
  CreateOrganization,
  ListOrganizations,
  OrganizationRef,
  SetResidency,
  SetTier,
  UpdateOrganization,
} from "@/server/domain/organizations/schema";
import { setResidency } from "@/server/domain/organizations/set-residency";
import { setTier } from "@/server/domain/organizations/set-tier";
import { updateOrganization } from "@/server/domain/organizations/update";
import { rest } from "@/server/api/rest/meta";
import { operatorProcedure, organizationProcedure, router, userProcedure } from "@/server/api/trpc";

export const organizationsRouter = router({
  create: userProcedure
    .meta(
      rest("POST /organizations", "Create an organization with its default environment", {
        status: 202,
        honoursIdempotencyKey: true,
      }),
    )
    .input(CreateOrganization)
    .output(CreatedOrganization)
    .mutation(({ ctx, input }) => createOrganization(ctx, input)),
  list: userProcedure
    .meta(rest("GET /organizations", "List your organizations"))
    .input(ListOrganizations)
    .output(MyOrganizationPage)
    .query(({ ctx, input }) => listMyOrganizations(ctx, input)),
  get: organizationProcedure
    .meta(rest("GET /organizations/{organization}", "Get an organization"))
    .input(OrganizationRef)
    .output(Organization)
    .query(({ ctx }) => getOrganization(ctx)),
  update: organizationProcedure
    .meta(rest("PATCH /organizations/{organization}", "Rename an organization"))
    .input(UpdateOrganization)
    .output(UpdatedOrganization)
    .mutation(({ ctx, input }) => updateOrganization(ctx, input)),
  setResidency: organizationProcedure
    .meta(rest("PUT /organizations/{organization}/residency", "Fence an organization's data into a region"))
    .input(SetResidency)
    .output(FencedOrganization)
    .mutation(({ ctx, input }) => setResidency(ctx, input)),
  listAll: operatorProcedure
    .meta(rest("GET /fleet/organizations", "List all organizations"))
    .input(ListOrganizations)
    .output(FleetOrganizationPage)
    .query(({ ctx, input }) => listAllOrganizations(ctx, input)),
  setTier: operatorProcedure.input(SetTier).mutation(({ ctx, input }) => setTier(ctx, input)),
});
