import { z } from "zod";
import { Name, Region, Slug } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { tiers } from "./names";

/** A slug or an id. */
export const OrganizationRef = z.strictObject({ organization: z.string().min(1).max(63) });
export type OrganizationRef = z.infer<typeof OrganizationRef>;

export const CreateOrganization = z.strictObject({
  name: Name,
  slug: Slug.optional(),
  tier: z.enum(tiers, "Choose a tier.").optional(),
  region: Region.optional(),
});
export type CreateOrganization = z.infer<typeof CreateOrganization>;

export const UpdateOrganization = z.strictObject({ organization: z.string().min(1).max(63), name: Name });
export type UpdateOrganization = z.infer<typeof UpdateOrganization>;

export const SetResidency = z.strictObject({
  organization: z.string().min(1).max(63),
  residency: Region.nullable().describe("The only region where its data may be; null: anywhere."),
});
export type SetResidency = z.infer<typeof SetResidency>;

export const SetTier = z.strictObject({ organizationId: z.uuid(), tier: z.enum(tiers, "Choose a tier.") });
export type SetTier = z.infer<typeof SetTier>;

export const ListOrganizations = z.strictObject({
  ...pageInput,
  sort: z.enum(["name", "created"]).default("name"),
  tier: z.enum(tiers).optional(),
});
export type ListOrganizations = z.infer<typeof ListOrganizations>;
