/** Roles and what they may do. The verb that refuses and the button that explains read these lines. */

export const organizationRoles = ["owner", "admin", "member"] as const;
export type OrganizationRole = (typeof organizationRoles)[number];

export const environmentRoles = ["env_admin", "env_maker", "env_user", "env_viewer"] as const;
export type EnvironmentRole = (typeof environmentRoles)[number];

const organizationActions = {
  "organization.read": ["owner", "admin", "member"],
  "organization.update": ["owner", "admin"],
  "organization.fence": ["owner"],
  "environment.create": ["owner", "admin"],
  "environment.set_default": ["owner", "admin"],
  "environment.protect": ["owner", "admin"],
  "member.read": ["owner", "admin", "member"],
  "member.manage": ["owner", "admin"],
  "member.manage_owner": ["owner"],
  "audit.read": ["owner", "admin"],
} as const satisfies Record<string, readonly OrganizationRole[]>;

const environmentActions = {
  "environment.read": ["env_admin", "env_maker", "env_user", "env_viewer"],
  "environment.inspect": ["env_admin", "env_maker", "env_user", "env_viewer"],
  "environment.update": ["env_admin", "env_maker"],
  "environment.suspend": ["env_admin"],
  "environment.archive": ["env_admin"],
  "environment.delete": ["env_admin"],
  "environment.retry": ["env_admin", "env_maker"],
  "environment.members": ["env_admin"],
  "environment.activity": ["env_admin"],
  "options.read": ["env_admin", "env_maker", "env_user", "env_viewer"],
  "options.write": ["env_admin", "env_maker"],
  "package.read": ["env_admin", "env_maker", "env_user", "env_viewer"],
  "package.install": ["env_admin", "env_maker"],
  "credential.read": ["env_admin", "env_maker", "env_user"],
  "credential.issue": ["env_admin", "env_maker"],
  "credential.rotate": ["env_admin", "env_maker"],
  "credential.revoke": ["env_admin", "env_maker"],
  "token.issue": ["env_admin", "env_maker", "env_user", "env_viewer"],
} as const satisfies Record<string, readonly EnvironmentRole[]>;

export type OrganizationAction = keyof typeof organizationActions;
export type EnvironmentAction = keyof typeof environmentActions;

export function organizationRoleMay(role: OrganizationRole, action: OrganizationAction): boolean {
  return (organizationActions[action] as readonly OrganizationRole[]).includes(role);
}

export function environmentRoleMay(role: EnvironmentRole, action: EnvironmentAction): boolean {
  return (environmentActions[action] as readonly EnvironmentRole[]).includes(role);
}
