import { and, eq } from "drizzle-orm";
import { environmentMember } from "@/drizzle/control/schema/environments";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";
import { getMember } from "./internal";
import type { SetEnvironmentMember } from "./schema";

/** Gives a member of the organization a role in the environment, or changes it. */
export async function setEnvironmentMember(
  ctx: EnvironmentContext,
  input: SetEnvironmentMember,
): Promise<{ role: SetEnvironmentMember["role"] }> {
  requireEnvironment(ctx, "environment.members");
  return withTransaction(ctx.db, async (tx) => {
    const person = await getMember(tx, ctx, input.userId);
    const [before] = await tx
      .select()
      .from(environmentMember)
      .where(
        and(
          eq(environmentMember.environmentId, ctx.environment.id),
          eq(environmentMember.userId, person.userId),
        ),
      );
    if (before?.role === input.role) return { role: input.role };
    await tx
      .insert(environmentMember)
      .values({
        id: newId(),
        environmentId: ctx.environment.id,
        organizationId: ctx.organization.id,
        userId: person.userId,
        role: input.role,
        createdAt: new Date(),
      })
      .onConflictDoUpdate({
        target: [environmentMember.environmentId, environmentMember.userId],
        set: { role: input.role },
      });
    await appendAudit(tx, ctx, {
      action: before ? "environment_member.set_role" : "environment_member.add",
      subject: { kind: "user", id: person.userId, label: person.email },
      organizationId: ctx.organization.id,
      environmentId: ctx.environment.id,
      detail: { from: before?.role ?? null, to: input.role, environment: ctx.environment.slug },
    });
    return { role: input.role };
  });
}
