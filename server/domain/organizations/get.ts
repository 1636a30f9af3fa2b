import { eq, sql } from "drizzle-orm";
import { environment, environmentDatabase, environmentMember } from "@/drizzle/control/schema/environments";
import { member, organization } from "@/drizzle/control/schema/organizations";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { organizationRoleMay } from "@/server/kernel/roles";

/** The organization with its counts: environments by status, members, storage. Others than its admins count what they see. */
export async function getOrganization(ctx: OrganizationContext) {
  requireOrganization(ctx, "organization.read");
  const id = ctx.organization.id;
  const all = organizationRoleMay(ctx.organization.role, "environment.create");
  const visible = all
    ? sql`1`
    : sql`exists (select 1 from ${environmentMember} where ${environmentMember.environmentId} = ${environment.id} and ${environmentMember.userId} = ${ctx.user.id})`;
  const [rows, statuses, members] = await ctx.db.batch([
    ctx.db.select().from(organization).where(eq(organization.id, id)),
    ctx.db
      .select({
        status: environment.status,
        count: sql<number>`count(*)`,
        storageUsedBytes: sql<number>`coalesce(sum(${environmentDatabase.storageUsedBytes}), 0)`,
      })
      .from(environment)
      .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
      .where(sql`${environment.organizationId} = ${id} and ${visible}`)
      .groupBy(environment.status),
    ctx.db
      .select({ count: sql<number>`count(*)` })
      .from(member)
      .where(eq(member.organizationId, id)),
  ]);
  const row = rows[0];
  if (!row) throw new DomainError("not_found", "There is no such organization.");
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    tier: row.tier,
    region: row.region,
    residency: row.residency,
    createdAt: row.createdAt,
    role: ctx.organization.role,
    members: members[0]?.count ?? 0,
    environments: Object.fromEntries(statuses.map(({ status, count }) => [status, count])),
    storageUsedBytes: statuses.reduce((sum, { storageUsedBytes }) => sum + storageUsedBytes, 0),
  };
}
