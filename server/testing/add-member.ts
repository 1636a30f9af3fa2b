import { member } from "@/drizzle/control/schema/organizations";
import type { OrganizationContext, UserContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import type { OrganizationRole } from "@/server/kernel/roles";
import type { World } from "./world";

/** A new person who belongs to the organization. */
export async function addMember(
  world: World,
  ctx: OrganizationContext,
  name: string,
  role: OrganizationRole = "member",
): Promise<UserContext> {
  const person = await world.person(name);
  await world.db.insert(member).values({
    id: newId(),
    organizationId: ctx.organization.id,
    userId: person.user.id,
    role,
    createdAt: new Date(),
  });
  return person;
}
