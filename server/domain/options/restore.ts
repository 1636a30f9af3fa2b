import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { getVersionRow } from "./get-version";
import { aboutOptions, getExpected, requireFitting, writeVersion } from "./internal";
import { presentOptions } from "./present";
import { asOptions } from "./row";
import type { RestoreOptions } from "./schema";

/** Puts an earlier version back, as a new one. Throws `invalid` when it does not fit the schema of today. */
export async function restoreOptions(ctx: EnvironmentContext, input: RestoreOptions) {
  requireEnvironment(ctx, "options.write");
  const { name, reason, version } = input;
  return withTransaction(ctx.db, async (tx) => {
    const before = await getExpected(tx, ctx, input);
    if (before?.version === version)
      throw new DomainError("precondition", `Version ${version} is the current one.`);
    const value = asOptions((await getVersionRow(tx, ctx, { name, version })).value);
    await requireFitting(tx, name, value);
    const change = { name, kind: "restore", restoredFrom: version, value, reason } as const;
    const { row, changed } = await writeVersion(tx, ctx, { before, ...change });
    await appendAudit(tx, ctx, {
      ...aboutOptions(ctx, name),
      action: "options.restore",
      detail: { version: row.version, restoredFrom: version, changed, reason },
    });
    return presentOptions(name, row);
  });
}
