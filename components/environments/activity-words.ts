import type { AuditRow } from "@/components/audit/audit-words";
import { organizationActions } from "@/server/domain/audit/names";

type OrganizationAction = (typeof organizationActions)[number];
type EnvironmentAction = Extract<
  OrganizationAction,
  `${"environment" | "environment_member" | "credential" | "package" | "placement" | "tenant" | "token" | "options"}.${string}`
>;

/** What each action did, to be read after the actor's name. */
const phrases: Record<EnvironmentAction, string> = {
  "environment.create": "created the environment",
  "environment.activate": "put it into service",
  "environment.fail": "gave up provisioning it",
  "environment.update": "changed its name or description",
  "environment.protect": "protected it",
  "environment.unprotect": "lifted its protection",
  "environment.set_default": "made it the default environment",
  "environment.set_limits": "changed its limits",
  "environment.suspend": "suspended it",
  "environment.resume": "resumed it",
  "environment.archive": "archived it",
  "environment.retry": "had it tried again",
  "environment.delete": "ordered its deletion",
  "environment.remove": "removed it",
  "environment.recover": "recovered it",
  "environment.purge": "ended its recovery: it goes for good",
  "environment.adopt": "took up a database that nobody owned",
  "credential.issue": "ordered the credential",
  "credential.activate": "put into use the credential",
  "credential.deliver": "fetched the credential",
  "credential.fail": "gave up on the credential",
  "credential.order_rotation": "ordered the rotation of",
  "credential.rotate": "took into use the next generation of",
  "credential.retire": "ended at the database",
  "credential.revoke": "revoked the credential",
  "credential.schedule": "changed the rotation schedule of",
  "package.order_install": "ordered the installation of",
  "package.install": "installed",
  "package.fail": "could not install",
  "placement.refuse": "was refused a place",
  "tenant.violation": "refused requests over their tenant",
  "token.issue": "issued an access token for",
  "options.set": "changed the options",
  "options.restore": "put back a version of the options",
  "options.clear": "went back to the defaults of the options",
  "environment_member.add": "added",
  "environment_member.set_role": "changed the role of",
  "environment_member.remove": "removed",
};

/** The actions that an environment's list may hold, to choose from. */
export const environmentActions = organizationActions.filter(isPhrased);

/** "suspended it", "added ada@example.test"; an action that this version does not know as it stands. */
export function activityPhrase(row: AuditRow): string {
  const phrase = isPhrased(row.action) ? phrases[row.action] : row.action;
  const isNamed = ["user", "credential", "token", "options", "package"].includes(row.subject.kind);
  return isNamed ? `${phrase} ${row.subject.label}` : phrase;
}

function isPhrased(action: string): action is EnvironmentAction {
  return Object.hasOwn(phrases, action);
}

export interface ActivityDetail {
  term: string;
  from: string | null;
  to: string;
}

const terms: Record<string, string> = {
  envType: "type",
  expiresAt: "ends",
  everyDays: "days between rotations",
  overlapSeconds: "overlap in seconds",
  oldEndsAt: "old one ends",
  recoverableUntil: "recoverable until",
  count: "requests",
  restoredFrom: "of version",
  storageLimitMb: "storage limit in MB",
  rowLimit: "row limit",
};
const termOf = (key: string) => terms[key] ?? key;

/** What an entry's detail says, as terms and values: what changed with what it was before. */
export function activityDetails({ detail, action }: AuditRow): ActivityDetail[] {
  const rest = Object.entries(detail).filter(
    ([term]) => !(term === "environment" && action.startsWith("environment_member")),
  );
  // The hints are for the audit trail's own page.
  if (action === "tenant.violation")
    return rest.filter(([key]) => ["code", "count", "message"].includes(key)).flatMap(plain);
  const { from, to } = detail;
  if ("to" in detail) {
    const term = action.startsWith("environment_member") ? "role" : "default";
    const others = rest.filter(([key]) => key !== "from" && key !== "to");
    return [
      { term, from: from === null || from === undefined ? null : text(from), to: text(to) },
      ...others.flatMap(plain),
    ];
  }
  return rest.flatMap(plain);
}

function plain([key, value]: [string, unknown]): ActivityDetail[] {
  const term = termOf(key);
  if (value === null || value === "") return [];
  if (isChange(value)) return [{ term, from: text(value.from), to: text(value.to) }];
  return [{ term, from: null, to: text(value) }];
}

function isChange(value: unknown): value is { from: unknown; to: unknown } {
  return typeof value === "object" && value !== null && "from" in value && "to" in value;
}

function text(value: unknown): string {
  if (value === null) return "none";
  if (typeof value === "string") return value === "" ? "empty" : value;
  if (isTexts(value)) return value.join(", ");
  return JSON.stringify(value);
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === "string");
