import type { Tier } from "@/server/domain/organizations/names";
import type { OrganizationRole } from "@/server/kernel/roles";

/** What each role may do, in a line. */
export const organizationRoleWords: Record<OrganizationRole, { label: string; meaning: string }> = {
  owner: { label: "Owner", meaning: "Everything, and makes or removes owners." },
  admin: { label: "Admin", meaning: "Creates environments, manages members, reads the audit trail." },
  member: { label: "Member", meaning: "Sees the organization and the environments that include them." },
};

export const tierLabels: Record<Tier, string> = {
  standard: "Standard",
  premium: "Premium",
  enterprise: "Enterprise",
};
