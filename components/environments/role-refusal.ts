import {
  environmentRoleMay,
  organizationRoleMay,
  type EnvironmentAction,
  type EnvironmentRole,
  type OrganizationAction,
  type OrganizationRole,
} from "@/server/kernel/roles";

/** Why the role in the environment does not allow it; null when it does. */
export function environmentRoleRefusal(role: EnvironmentRole, action: EnvironmentAction): string | null {
  if (environmentRoleMay(role, action)) return null;
  const who = environmentRoleMay("env_maker", action) ? "Admins and makers" : "Admins";
  return `${who} of the environment do this. You are ${role} here.`;
}

/** Why the role in the organization does not allow it; null when it does. */
export function organizationRoleRefusal(role: OrganizationRole, action: OrganizationAction): string | null {
  return organizationRoleMay(role, action) ? null : "Admins of the organization do this.";
}
