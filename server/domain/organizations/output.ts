import { z } from "zod";
import { CreatedEnvironment } from "@/server/domain/environments/output";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { organizationRoles } from "@/server/kernel/roles";
import { tiers } from "./names";

const identity = {
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  tier: z.enum(tiers),
  region: z.string(),
};

export const CreatedOrganization = z
  .object({ ...CreatedEnvironment.shape, organization: z.object(identity).meta({ id: "NewOrganization" }) })
  .meta({ id: "CreatedOrganization" });

export const Organization = z
  .object({
    ...identity,
    residency: z.string().nullable().describe("The only region where its data may be; null: anywhere."),
    createdAt: Moment,
    role: z.enum(organizationRoles),
    members: z.number().int(),
    environments: z
      .record(z.string(), z.number().int())
      .describe("How many environments there are in each status."),
    storageUsedBytes: z.number().int(),
  })
  .meta({ id: "Organization" });

export const MyOrganizationPage = pageOutput(
  z
    .object({ ...identity, createdAt: Moment, role: z.enum(organizationRoles) })
    .meta({ id: "OrganizationSummary" }),
);

export const FleetOrganizationPage = pageOutput(
  z
    .object({ ...identity, createdAt: Moment, environments: z.number().int(), members: z.number().int() })
    .meta({ id: "FleetOrganization" }),
);

export const FencedOrganization = z.object({ residency: z.string().nullable() });
export const UpdatedOrganization = z.object({ name: z.string() });
