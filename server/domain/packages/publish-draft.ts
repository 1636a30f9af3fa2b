import { and, desc, eq, ne } from "drizzle-orm";
import { packageVersion } from "@/drizzle/control/schema/packages";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutPackage, releaseOf } from "./internal";
import { getPackageRow, getVersionRow } from "./row";
import { presentVersion } from "./present";
import { requireSuccessor } from "./require-successor";
import type { PackageVersionRef } from "./schema";
import { packageVersionRefusal } from "./state";

/** Lets a draft be installed from now on, for good. Operators only. */
export async function publishDraft(ctx: UserContext, input: PackageVersionRef) {
  requireOperator(ctx);
  return withTransaction(ctx.db, async (tx) => {
    const owner = await getPackageRow(tx, input.package);
    const row = await getVersionRow(tx, owner, input.version);
    const refusal = packageVersionRefusal("publish", row);
    if (refusal) throw new DomainError("precondition", refusal);
    const [newest] = await tx
      .select()
      .from(packageVersion)
      .where(and(eq(packageVersion.packageId, owner.id), ne(packageVersion.status, "draft")))
      .orderBy(desc(packageVersion.sortKey))
      .limit(1);
    if (newest && newest.sortKey >= row.sortKey)
      throw new DomainError("conflict", `${newest.version} is published already, and is newer.`);
    if (newest) requireSuccessor(releaseOf(owner, newest), releaseOf(owner, row));
    const changes = { status: "published", publishedAt: new Date() } as const;
    await tx.update(packageVersion).set(changes).where(eq(packageVersion.id, row.id));
    await appendAudit(tx, ctx, {
      ...aboutPackage(owner),
      action: "package.publish",
      detail: { version: row.version, checksum: row.checksum },
    });
    return presentVersion({ ...row, ...changes });
  });
}
