import { toCsv } from "@/components/lists/csv";
import type { AuditRow } from "./audit-words";

const header = [
  "entry",
  "at",
  "action",
  "actor_kind",
  "actor_id",
  "actor",
  "subject_kind",
  "subject_id",
  "subject",
  "environment_id",
  "door",
  "ip",
  "request_id",
  "detail",
  "hash",
];

/** The entries as a file for spreadsheets, in the order in which they are listed. */
export function auditCsv(rows: readonly AuditRow[]): string {
  return toCsv(
    header,
    rows.map((row) => [
      row.seq,
      row.at.toISOString(),
      row.action,
      row.actor.kind,
      row.actor.id,
      row.actor.label,
      row.subject.kind,
      row.subject.id,
      row.subject.label,
      row.environmentId,
      row.door,
      row.ip,
      row.requestId,
      JSON.stringify(row.detail),
      row.hash,
    ]),
  );
}
