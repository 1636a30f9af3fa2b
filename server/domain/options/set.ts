import { isDeepStrictEqual } from "node:util";
import { appendAudit } from "@/server/audit/append";
import { withTransaction } from "@/server/db/transaction";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { aboutOptions, getExpected, requireFitting, writeVersion } from "./internal";
import { withoutNulls } from "./json-rules";
import { presentOptions } from "./present";
import { asOptions } from "./row";
import type { SetOptions } from "./schema";

/**
 * Replaces the overlay. The same value again makes no version. Throws `conflict` when somebody
 * was faster, `invalid` when it does not fit the published schema.
 */
export async function setOptions(ctx: EnvironmentContext, input: SetOptions) {
  requireEnvironment(ctx, "options.write");
  const { name, reason } = input;
  const value = withoutNulls(asOptions(input.value));
  return withTransaction(ctx.db, async (tx) => {
    const before = await getExpected(tx, ctx, input);
    await requireFitting(tx, name, value);
    if (before && isDeepStrictEqual(before.value, value)) return presentOptions(name, before);
    const change = { name, kind: "set", restoredFrom: null, value, reason } as const;
    const { row, changed } = await writeVersion(tx, ctx, { before, ...change });
    await appendAudit(tx, ctx, {
      ...aboutOptions(ctx, name),
      action: "options.set",
      detail: { version: row.version, changed, reason },
    });
    return presentOptions(name, row);
  });
}
