import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireActive } from "@/server/domain/environments/require-active";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext, TokenIssuer } from "@/server/kernel/context";
import type { IssueToken } from "./schema";

/**
 * An access token for the caller in this environment, for one service; throws `tenant_inactive`
 * unless the environment serves. It says who and where, and not what they may do.
 */
export async function issueMemberToken(
  ctx: EnvironmentContext & { tokens: TokenIssuer },
  { audience }: IssueToken,
) {
  requireEnvironment(ctx, "token.issue");
  requireActive(ctx.environment.status);
  const tenant = ctx.environment.id;
  const { id, token, expiresAt } = await ctx.tokens.issue({
    subject: `user:${ctx.user.id}`,
    audience,
    tenant,
  });
  await withTransaction(ctx.db, (tx) =>
    appendAudit(tx, ctx, {
      action: "token.issue",
      subject: { kind: "token", id, label: audience },
      organizationId: ctx.organization.id,
      environmentId: tenant,
      detail: { audience, expiresAt: expiresAt.toISOString() },
    }),
  );
  return { token, tokenType: "Bearer" as const, expiresAt };
}
