import { z } from "zod";
import { EnvironmentId } from "@/server/domain/environments/schema";
import { pageInput } from "@/server/kernel/page-input";
import { environmentRoles, organizationRoles } from "@/server/kernel/roles";

const organization = z.string().min(1).max(63);
const UserId = z.string().min(1).max(64);

export const OrganizationRole = z.enum(organizationRoles, "Choose owner, admin or member.");
export const EnvironmentRole = z.enum(environmentRoles, "Choose one of the four roles.");

export const ListMembers = z.strictObject({
  organization,
  ...pageInput,
  sort: z.enum(["name", "joined"]).default("name"),
  role: OrganizationRole.optional(),
});
export type ListMembers = z.infer<typeof ListMembers>;

export const SetMemberRole = z.strictObject({ organization, userId: UserId, role: OrganizationRole });
export type SetMemberRole = z.infer<typeof SetMemberRole>;

export const RemoveMember = z.strictObject({ organization, userId: UserId });
export type RemoveMember = z.infer<typeof RemoveMember>;

export const ListEnvironmentMembers = z.strictObject({
  environment: EnvironmentId,
  ...pageInput,
  sort: z.enum(["name", "joined"]).default("name"),
  role: EnvironmentRole.optional(),
});
export type ListEnvironmentMembers = z.infer<typeof ListEnvironmentMembers>;

export const SetEnvironmentMember = z.strictObject({
  environment: EnvironmentId,
  userId: UserId,
  role: EnvironmentRole,
});
export type SetEnvironmentMember = z.infer<typeof SetEnvironmentMember>;

export const RemoveEnvironmentMember = z.strictObject({ environment: EnvironmentId, userId: UserId });
export type RemoveEnvironmentMember = z.infer<typeof RemoveEnvironmentMember>;
