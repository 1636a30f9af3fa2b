import { eq } from "drizzle-orm";
import { packageVersion, schemaPackage } from "@/drizzle/control/schema/packages";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutPackage } from "./internal";
import { getPackageRow, getVersionRow } from "./row";
import type { PackageVersionRef } from "./schema";
import { packageVersionRefusal } from "./state";

/** Forgets a draft, and its package when there is nothing else of it. Operators only. */
export async function deleteDraft(ctx: UserContext, input: PackageVersionRef): Promise<{ deleted: true }> {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const owner = await getPackageRow(tx, input.package);
    const row = await getVersionRow(tx, owner, input.version);
    const refusal = packageVersionRefusal("delete", row);
    if (refusal) throw new DomainError("precondition", refusal);
    await tx.delete(packageVersion).where(eq(packageVersion.id, row.id));
    const others = await tx.$count(packageVersion, eq(packageVersion.packageId, owner.id));
    if (others === 0) await tx.delete(schemaPackage).where(eq(schemaPackage.id, owner.id));
    await appendAudit(tx, ctx, {
      ...aboutPackage(owner),
      action: "package.delete_draft",
      detail: { version: row.version, checksum: row.checksum },
    });
    return { deleted: true };
  });
}
