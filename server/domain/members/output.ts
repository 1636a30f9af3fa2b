import { z } from "zod";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { environmentRoles, organizationRoles } from "@/server/kernel/roles";

const person = {
  id: z.string(),
  userId: z.string(),
  name: z.string(),
  email: z.string(),
  joinedAt: Moment,
  isMe: z.boolean(),
};

export const MemberPage = pageOutput(
  z.object({ ...person, role: z.enum(organizationRoles) }).meta({ id: "Member" }),
);

export const EnvironmentMemberPage = pageOutput(
  z.object({ ...person, role: z.enum(environmentRoles) }).meta({ id: "EnvironmentMember" }),
);

export const MemberRole = z.object({ role: z.enum(organizationRoles) });
export const EnvironmentMemberRole = z.object({ role: z.enum(environmentRoles) });
export const Removed = z.object({ removed: z.literal(true) });
