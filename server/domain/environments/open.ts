import { and, eq, type SQL } from "drizzle-orm";
import { environment, environmentMember } from "@/drizzle/control/schema/environments";
import { member, organization } from "@/drizzle/control/schema/organizations";
import type { EnvironmentContext, UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { environmentId, isUuid, organizationId } from "@/server/kernel/ids";
import { once } from "@/server/kernel/once";
import { organizationRoleMay, type EnvironmentRole, type OrganizationRole } from "@/server/kernel/roles";

/**
 * Proves the caller's role in the environment, once per request, and mints its id. Admins of the organization
 * are env_admin everywhere in it; everyone else needs a membership of the environment.
 */
export async function openEnvironment(ctx: UserContext, id: string): Promise<EnvironmentContext> {
  return once(ctx.opened?.environments, id, () => openWhere(ctx, eq(environment.id, id)));
}

/** The same, by the two slugs of its address; the organization may also be named by its id. */
export async function openEnvironmentAt(
  ctx: UserContext,
  at: { organization: string; environment: string },
): Promise<EnvironmentContext> {
  const place = isUuid(at.organization) ? organization.id : organization.slug;
  const opened = await openWhere(ctx, and(eq(place, at.organization), eq(environment.slug, at.environment)));
  ctx.opened?.environments.set(opened.environment.id, Promise.resolve(opened));
  return opened;
}

async function openWhere(ctx: UserContext, where: SQL | undefined): Promise<EnvironmentContext> {
  const [row] = await ctx.db
    .select({
      environment: {
        id: environment.id,
        slug: environment.slug,
        name: environment.name,
        envType: environment.envType,
        status: environment.status,
        isDefault: environment.isDefault,
        isProtected: environment.isProtected,
      },
      organization: {
        id: organization.id,
        slug: organization.slug,
        name: organization.name,
        tier: organization.tier,
        region: organization.region,
        residency: organization.residency,
      },
      organizationRole: member.role,
      environmentRole: environmentMember.role,
    })
    .from(environment)
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .innerJoin(member, and(eq(member.organizationId, organization.id), eq(member.userId, ctx.user.id)))
    .leftJoin(
      environmentMember,
      and(eq(environmentMember.environmentId, environment.id), eq(environmentMember.userId, ctx.user.id)),
    )
    .where(where);
  const role = row && effectiveRole(row.organizationRole, row.environmentRole);
  if (!row || !role)
    throw new DomainError("not_found", "There is no such environment, or you are not a member of it.");
  return {
    ...ctx,
    organization: {
      ...row.organization,
      id: organizationId(row.organization.id),
      role: row.organizationRole,
    },
    environment: { ...row.environment, id: environmentId(row.environment.id), role },
  };
}

function effectiveRole(
  inOrganization: OrganizationRole,
  inEnvironment: EnvironmentRole | null,
): EnvironmentRole | null {
  return organizationRoleMay(inOrganization, "environment.create") ? "env_admin" : inEnvironment;
}
