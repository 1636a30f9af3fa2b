import { once } from "@/server/db/idempotency";
import { withTransaction } from "@/server/db/transaction";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { addEnvironment, type Created } from "./add";
import type { CreateEnvironment } from "./schema";

/** Registers an environment and orders its database. Answers before the database exists: follow the operation. */
export async function createEnvironment(
  ctx: OrganizationContext,
  input: CreateEnvironment,
): Promise<Created> {
  requireOrganization(ctx, "environment.create");
  const { organization: _, ...rest } = input;
  return withTransaction(ctx.db, (tx) =>
    once(
      tx,
      ctx,
      { verb: "environments.create", input: { ...rest, organization: ctx.organization.id } },
      () => addEnvironment(tx, ctx, ctx.organization, rest),
    ),
  );
}
