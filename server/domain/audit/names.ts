/** How far back a list of entries may be asked to look. */
export const auditSpans = ["hour", "day", "week", "month"] as const;
export type AuditSpan = (typeof auditSpans)[number];

/** Every action that an organization's chain may hold, to choose from. */
export const organizationActions = [
  "environment.activate",
  "environment.archive",
  "environment.create",
  "environment.delete",
  "environment.fail",
  "environment.protect",
  "environment.remove",
  "environment.resume",
  "environment.retry",
  "environment.set_default",
  "environment.suspend",
  "environment.unprotect",
  "environment.update",
  "environment_member.add",
  "environment_member.remove",
  "environment_member.set_role",
  "invitation.accept",
  "invitation.create",
  "invitation.revoke",
  "member.leave",
  "member.remove",
  "member.set_role",
  "organization.create",
  "organization.set_tier",
  "organization.update",
] as const;
