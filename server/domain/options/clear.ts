import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { aboutOptions, getExpected, requireFitting, writeVersion } from "./internal";
import { presentOptions } from "./present";
import { asOptions } from "./row";
import type { ClearOptions } from "./schema";

/** Takes the overlay away: the defaults stand. A version like any other, which can be restored from. */
export async function clearOptions(ctx: EnvironmentContext, input: ClearOptions) {
  requireEnvironment(ctx, "options.write");
  const { name, reason } = input;
  return withTransaction(ctx.db, async (tx) => {
    const before = await getExpected(tx, ctx, input);
    if (!before || Object.keys(asOptions(before.value)).length === 0)
      throw new DomainError("precondition", "It has no overlay here: the defaults stand already.");
    await requireFitting(tx, name, {});
    const change = { name, kind: "clear", restoredFrom: null, value: {}, reason } as const;
    const { row, changed } = await writeVersion(tx, ctx, { before, ...change });
    await appendAudit(tx, ctx, {
      ...aboutOptions(ctx, name),
      action: "options.clear",
      detail: { version: row.version, changed, reason },
    });
    return presentOptions(name, row);
  });
}
