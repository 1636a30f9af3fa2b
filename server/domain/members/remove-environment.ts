import { and, eq } from "drizzle-orm";
import { environmentMember } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { getMember } from "./internal";
import type { RemoveEnvironmentMember } from "./schema";

/** Takes a person's role in the environment away, or gives up one's own. */
export async function removeEnvironmentMember(
  ctx: EnvironmentContext,
  input: RemoveEnvironmentMember,
): Promise<{ removed: true }> {
  requireEnvironment(ctx, input.userId === ctx.user.id ? "environment.read" : "environment.members");
  return withTransaction(ctx.db, async (tx) => {
    const person = await getMember(tx, ctx, input.userId);
    const [removed] = await tx
      .delete(environmentMember)
      .where(
        and(
          eq(environmentMember.environmentId, ctx.environment.id),
          eq(environmentMember.userId, person.userId),
        ),
      )
      .returning({ role: environmentMember.role });
    if (!removed) throw new DomainError("not_found", "There is no such member.");
    await appendAudit(tx, ctx, {
      action: "environment_member.remove",
      subject: { kind: "user", id: person.userId, label: person.email },
      organizationId: ctx.organization.id,
      environmentId: ctx.environment.id,
      detail: { role: removed.role, environment: ctx.environment.slug },
    });
    return { removed: true };
  });
}
