import { once } from "@/server/db/idempotency";
import { withTransaction } from "@/server/db/transaction";
import { auditingFence } from "@/server/domain/placement/place";
import { requireOperator, requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { addEnvironment, type Created } from "./add";
import type { CreateEnvironment } from "./schema";

/** Registers an environment and orders its database. Answers before the database exists: follow the operation. */
export async function createEnvironment(
  ctx: OrganizationContext,
  input: CreateEnvironment,
): Promise<Created> {
  requireOrganization(ctx, "environment.create");
  if (input.cluster !== undefined || input.pool !== undefined) requireOperator(ctx);
  const { organization: _, ...rest } = input;
  const request = { verb: "environments.create", input: { ...rest, organization: ctx.organization.id } };
  return auditingFence(ctx, { organization: ctx.organization, region: input.region }, () =>
    withTransaction(ctx.db, (tx) =>
      once(tx, ctx, request, () => addEnvironment(tx, ctx, ctx.organization, rest)),
    ),
  );
}
