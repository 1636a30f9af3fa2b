import { and, eq, lte } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import type { BaseContext } from "@/server/kernel/context";
import { moveStatus } from "./internal";
import { orderDeletion } from "./order-deletion";

/** Ends deleted environments whose recovery window has passed. For the worker's sweep. */
export async function purgeDue(ctx: BaseContext, most: number): Promise<void> {
  const due = await ctx.db
    .select({ row: environment, organization: organization.slug })
    .from(environment)
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .where(and(eq(environment.status, "deleted"), lte(environment.purgeAt, new Date())))
    .limit(most);
  for (const { row, organization: slug } of due)
    await withTransaction(ctx.db, async (tx) => {
      const [still] = await tx
        .select({ status: environment.status })
        .from(environment)
        .where(and(eq(environment.id, row.id), eq(environment.status, "deleted")));
      // Recovered, or another worker was first.
      if (!still) return;
      await moveStatus(tx, row, "deleting", { purgeAt: null });
      await appendAudit(tx, ctx, {
        action: "environment.purge",
        subject: { kind: "environment", id: row.id, label: row.slug },
        organizationId: row.organizationId,
        environmentId: row.id,
      });
      await orderDeletion(tx, ctx, { ...row, place: `${slug}/${row.slug}` });
    });
}
