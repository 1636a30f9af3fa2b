import { asc, desc, eq } from "drizzle-orm";
import { member, organization } from "@/drizzle/control/schema/organizations";
import { openEnvironment } from "@/server/domain/environments/open";
import type { UserContext } from "@/server/kernel/context";
import { isDomainError } from "@/server/kernel/errors";

/** Where a new visit lands: the environment used last while it is there, else the caller's first organization, else nowhere yet. */
export async function landing(ctx: UserContext, activeEnvironmentId: string | null) {
  if (activeEnvironmentId) {
    try {
      const opened = await openEnvironment(ctx, activeEnvironmentId);
      if (opened.environment.status !== "deleted")
        return { organization: opened.organization.slug, environment: opened.environment.slug };
    } catch (error) {
      if (!isDomainError(error)) throw error;
    }
  }
  const [first] = await ctx.db
    .select({ slug: organization.slug })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, ctx.user.id))
    .orderBy(desc(member.createdAt), asc(organization.name))
    .limit(1);
  return first ? { organization: first.slug, environment: null } : null;
}
