import type { auditEntry } from "@/drizzle/control/schema/audit";
import { AuditDetail } from "./output";

/** An entry as people see it. */
export function presentEntry(row: typeof auditEntry.$inferSelect) {
  return {
    id: row.id,
    seq: row.seq,
    at: row.at,
    actor: { kind: row.actorKind, id: row.actorId, label: row.actorLabel },
    action: row.action,
    environmentId: row.environmentId,
    subject: { kind: row.subjectKind, id: row.subjectId, label: row.subjectLabel },
    detail: readDetail(row.detail),
    requestId: row.requestId,
    door: row.door,
    ip: row.ip,
    hash: row.hash,
  };
}

/** An entry that was tampered with must still show, so what cannot be read is shown as it stands. */
function readDetail(text: string): AuditDetail {
  try {
    return AuditDetail.parse(JSON.parse(text));
  } catch {
    return { unreadable: text };
  }
}
