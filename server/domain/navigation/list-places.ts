import { and, asc, desc, eq, ne, or, sql } from "drizzle-orm";
import { environment, environmentMember, environmentVisit } from "@/drizzle/control/schema/environments";
import { member, organization } from "@/drizzle/control/schema/organizations";
import { containing } from "@/server/db/keyset";
import type { UserContext } from "@/server/kernel/context";
import type { SearchEverything } from "./schema";

const limit = 50;

/**
 * Where the caller can go: organizations and environments that match the text, and the
 * environments used last. Feeds the switcher and the command palette in one round trip.
 */
export async function listPlaces(ctx: UserContext, input: SearchEverything) {
  const organizationMatches = input.text
    ? or(
        containing(sql`lower(${organization.name})`, input.text),
        containing(sql`${organization.slug}`, input.text),
      )
    : undefined;
  const environmentMatches = input.text
    ? or(
        containing(sql`lower(${environment.name})`, input.text),
        containing(sql`${environment.slug}`, input.text),
        organizationMatches,
      )
    : undefined;
  const [organizations, environments, recent] = await ctx.db.batch([
    ctx.db
      .select({ id: organization.id, slug: organization.slug, name: organization.name, role: member.role })
      .from(member)
      .innerJoin(organization, eq(organization.id, member.organizationId))
      .where(and(eq(member.userId, ctx.user.id), organizationMatches))
      .orderBy(asc(sql`lower(${organization.name})`))
      .limit(limit),
    visible(ctx)
      .where(and(mine(ctx), environmentMatches))
      .orderBy(
        asc(sql`lower(${organization.name})`),
        desc(environment.isDefault),
        asc(sql`lower(${environment.name})`),
      )
      .limit(limit),
    visible(ctx)
      .innerJoin(
        environmentVisit,
        and(eq(environmentVisit.environmentId, environment.id), eq(environmentVisit.userId, ctx.user.id)),
      )
      // Nobody goes back to work in one that was deleted.
      .where(and(mine(ctx), ne(environment.status, "deleted")))
      .orderBy(desc(environmentVisit.visitedAt))
      .limit(6),
  ]);
  return { organizations, environments, recent };
}

function visible(ctx: UserContext) {
  return ctx.db
    .select({
      id: environment.id,
      slug: environment.slug,
      name: environment.name,
      envType: environment.envType,
      status: environment.status,
      organization: { slug: organization.slug, name: organization.name },
    })
    .from(environment)
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .innerJoin(member, and(eq(member.organizationId, organization.id), eq(member.userId, ctx.user.id)))
    .leftJoin(
      environmentMember,
      and(eq(environmentMember.environmentId, environment.id), eq(environmentMember.userId, ctx.user.id)),
    )
    .$dynamic();
}

const mine = (ctx: UserContext) =>
  and(
    eq(member.userId, ctx.user.id),
    or(sql`${member.role} in ('owner', 'admin')`, sql`${environmentMember.id} is not null`),
  );
