import { appendAudit } from "@/server/audit/append";
import type { Db } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { systemActor } from "@/server/kernel/context";
import { newId } from "@/server/kernel/ids";

/** Tells the fleet's trail that secrets were wrapped anew from the command line of this machine. */
export async function recordRewrap(db: Db, detail: { rewrapped: number; failed: number }): Promise<void> {
  const from = { actor: systemActor, requestId: newId(), door: "cli" as const, ip: null };
  await withTransaction(db, (tx) =>
    appendAudit(tx, from, {
      action: "keys.rewrap",
      subject: { kind: "keys", id: "current", label: "Sealed secrets" },
      detail,
    }),
  );
}
