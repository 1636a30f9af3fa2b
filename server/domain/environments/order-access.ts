import { getDatabaseRow, homeOf } from "./home";
import type { Tx } from "@/server/db/client";
import type { EnvironmentContext } from "@/server/kernel/context";
import { enqueue } from "@/server/sagas/enqueue";

/**
 * Has the database itself take or refuse logins, as the registry says when that is done.
 * Files need none: the data server asks the registry each time.
 */
export async function orderAccess(tx: Tx, ctx: EnvironmentContext): Promise<void> {
  const database = await getDatabaseRow(tx, ctx.environment.id);
  if (database.driver === "sqlite") return;
  await enqueue(tx, ctx, "apply-access", {
    input: homeOf(database),
    subject: `${ctx.organization.slug}/${ctx.environment.slug}`,
    organizationId: ctx.organization.id,
    environmentId: ctx.environment.id,
    lockKey: null,
  });
}
