import { getDatabaseRow, homeOf } from "./home";
import type { Tx } from "@/server/db/client";
import type { BaseContext } from "@/server/kernel/context";
import { enqueue } from "@/server/sagas/enqueue";

/** Orders the end of an environment that is `deleting`: its database, its logins, then its registration. */
export async function orderDeletion(
  tx: Tx,
  ctx: BaseContext,
  { id, organizationId, place }: { id: string; organizationId: string; place: string },
): Promise<{ id: string }> {
  return enqueue(tx, ctx, "delete-environment", {
    input: homeOf(await getDatabaseRow(tx, id)),
    subject: place,
    organizationId,
    environmentId: id,
  });
}
