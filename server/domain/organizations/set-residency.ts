import { and, eq, ne } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { auditingFence } from "@/server/domain/placement/place";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { SetResidency } from "./schema";

/**
 * Fences the organization's data into a region, or lifts the fence. Refused while any of it
 * is elsewhere: a fence says where data is, it moves none.
 */
export async function setResidency(
  ctx: OrganizationContext,
  input: SetResidency,
): Promise<{ residency: string | null }> {
  requireOrganization(ctx, "organization.fence");
  const about = { organization: ctx.organization, region: input.residency ?? undefined };
  return auditingFence(ctx, about, () =>
    withTransaction(ctx.db, async (tx) => {
      if (input.residency !== null) {
        const [outside] = await tx
          .select({ slug: environment.slug, region: environmentDatabase.region })
          .from(environment)
          .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
          .where(
            and(
              eq(environment.organizationId, ctx.organization.id),
              ne(environmentDatabase.region, input.residency),
            ),
          )
          .limit(1);
        if (outside)
          throw new DomainError(
            "residency_violation",
            `The data of ${outside.slug} is in ${outside.region}. Delete it for good there first.`,
            { field: "residency" },
          );
      }
      await tx
        .update(organization)
        .set({
          residency: input.residency,
          ...(input.residency === null ? {} : { region: input.residency }),
          updatedAt: new Date(),
        })
        .where(eq(organization.id, ctx.organization.id));
      await appendAudit(tx, ctx, {
        action: "organization.set_residency",
        subject: { kind: "organization", id: ctx.organization.id, label: ctx.organization.slug },
        organizationId: ctx.organization.id,
        detail: { from: ctx.organization.residency, to: input.residency },
      });
      return { residency: input.residency };
    }),
  );
}
