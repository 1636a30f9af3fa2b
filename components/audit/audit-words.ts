import type { ApiOutputs } from "@/components/api/outputs";
import type { AuditSpan } from "@/server/domain/audit/names";

export type AuditRow = ApiOutputs["audit"]["list"]["items"][number];

export const auditDescription = "Every change to the organization and its environments, in one chain.";

export const spanLabels: Record<AuditSpan, string> = {
  hour: "Last hour",
  day: "Last 24 hours",
  week: "Last 7 days",
  month: "Last 30 days",
};

const kinds: Record<string, string> = {
  user: "person",
  api_key: "API key",
  service: "service",
  system: "system",
};
const doors: Record<string, string> = {
  console: "console",
  api: "API",
  cli: "command line",
  worker: "worker",
};

/** What kind of actor it was; a kind that this version does not know is shown as it stands. */
export const actorKind = (kind: string) => kinds[kind] ?? kind;

/** Which way it came in. */
export const doorName = (door: string) => doors[door] ?? door;
