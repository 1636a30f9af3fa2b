import { z } from "zod";
import type { auditEntry } from "@/drizzle/control/schema/audit";

type Entry = typeof auditEntry.$inferSelect;

const Deletion = z.object({ recoverableUntil: z.string().nullable() });

interface Move {
  from: string[];
  to: string | ((entry: Entry) => string);
}

/** Where an entry of the audit trail takes an environment from, and to. */
const moves: Record<string, Move> = {
  "environment.create": { from: ["none"], to: "provisioning" },
  "environment.activate": { from: ["provisioning"], to: "active" },
  "environment.fail": { from: ["provisioning"], to: "failed" },
  "environment.retry": { from: ["failed"], to: "provisioning" },
  "environment.suspend": { from: ["active"], to: "suspended" },
  "environment.resume": { from: ["suspended", "archived"], to: "active" },
  "environment.archive": { from: ["active", "suspended"], to: "archived" },
  "environment.delete": {
    from: ["active", "suspended", "archived", "failed"],
    to: ({ detail }) =>
      Deletion.parse(JSON.parse(detail)).recoverableUntil === null ? "deleting" : "deleted",
  },
  "environment.recover": { from: ["deleted"], to: "active" },
  "environment.purge": { from: ["deleted"], to: "deleting" },
  "environment.remove": { from: ["deleting"], to: "gone" },
};

/** What changes a credential, after which whoever holds facts about the tenant has to hear of it. */
const credentialChanges = new Set([
  "credential.activate",
  "credential.rotate",
  "credential.revoke",
  "credential.retire",
  "credential.fail",
  "package.install",
]);

/** One entry per change, along the edges, up to where the row of the environment stands now. */
export function historyFlaws(
  history: Entry[],
  row: { slug: string; status: string; epoch: number } | undefined,
): string[] {
  const flaws: string[] = [];
  const revoked = new Set<string>();
  let status = "none";
  let changes = 0;
  for (const entry of history) {
    const { action, subjectId, subjectLabel } = entry;
    // One that a person revoked is recorded once more when it is gone at the database.
    const isEcho = action === "credential.retire" && revoked.has(subjectId);
    if (credentialChanges.has(action) && !isEcho) changes++;
    if (action === "credential.revoke") revoked.add(subjectId);
    const move = moves[action];
    if (!move) continue;
    if (!move.from.includes(status)) flaws.push(`${subjectLabel}: ${action} while ${status}`);
    status = typeof move.to === "string" ? move.to : move.to(entry);
    changes++;
  }
  const name = row?.slug ?? history[0]?.subjectLabel;
  if (status !== (row?.status ?? "gone"))
    flaws.push(`${name}: the trail says ${status}, the row ${row?.status ?? "gone"}`);
  if (row && row.epoch !== changes) flaws.push(`${name}: ${changes} entries for epoch ${row.epoch}`);
  return flaws;
}
