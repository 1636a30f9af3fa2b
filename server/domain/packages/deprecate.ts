import { eq } from "drizzle-orm";
import { packageVersion } from "@/drizzle/control/schema/packages";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutPackage } from "./internal";
import { getPackageRow, getVersionRow } from "./row";
import { presentVersion } from "./present";
import type { DeprecatePackage } from "./schema";
import { packageVersionRefusal } from "./state";

/** From now on nobody installs this version. Where it is, it stays. Operators only. */
export async function deprecatePackage(ctx: UserContext, input: DeprecatePackage) {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const owner = await getPackageRow(tx, input.package);
    const row = await getVersionRow(tx, owner, input.version);
    const refusal = packageVersionRefusal("deprecate", row);
    if (refusal) throw new DomainError("precondition", refusal);
    const changes = { status: "deprecated", deprecationReason: input.reason } as const;
    await tx.update(packageVersion).set(changes).where(eq(packageVersion.id, row.id));
    await appendAudit(tx, ctx, {
      ...aboutPackage(owner),
      action: "package.deprecate",
      detail: { version: row.version, reason: input.reason },
    });
    return presentVersion({ ...row, ...changes });
  });
}
