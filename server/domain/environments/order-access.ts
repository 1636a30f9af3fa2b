import { getDatabaseRow } from "./home";
import type { Tx } from "@/server/db/client";
import type { EnvironmentContext } from "@/server/kernel/context";
import { enqueue } from "@/server/sagas/enqueue";

/**
 * Has the database itself take or refuse logins, as the registry says when that is done.
 * Files need none: the data server asks the registry each time.
 */
export async function orderAccess(tx: Tx, ctx: EnvironmentContext): Promise<void> {
  const { environmentId, databaseName, clusterId, driver } = await getDatabaseRow(tx, ctx.environment.id);
  if (driver === "sqlite") return;
  await enqueue(tx, ctx, "apply-access", {
    input: { environmentId, databaseName, clusterId },
    subject: `${ctx.organization.slug}/${ctx.environment.slug}`,
    organizationId: ctx.organization.id,
    environmentId,
    lockKey: null,
  });
}
