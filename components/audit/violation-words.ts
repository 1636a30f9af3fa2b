import type { Tone } from "@/components/ui/tone";
import { restCode } from "@/server/domain/violations/names";
import type { ViolationDetail, ViolationHint } from "@/server/domain/violations/schema";

const reasons: Record<ViolationDetail["code"], string> = {
  invalid: "a hint was not what it must look like",
  unauthenticated: "no token verified",
  tenant_required: "nothing that is trusted named a tenant",
  tenant_conflict: "they named different tenants at once",
  not_found: "there is no such tenant",
  tenant_inactive: "the tenant serves nobody",
  forbidden: "the caller may not do this",
  limit: "a limit was reached",
  schema_too_old: "the database has an older schema than the service needs",
  unavailable: "Freehold could not be asked",
  [restCode]: "for reasons of many kinds, more than are told apart in a minute",
};

/** "3 requests refused: they named different tenants at once." */
export function violationSentence({ code, count }: Pick<ViolationDetail, "code" | "count">): string {
  const requests = count === 1 ? "One request" : `${count.toLocaleString("en-GB")} requests`;
  return `${requests} refused: ${reasons[code]}.`;
}

export const verdictTones: Record<ViolationHint["verdict"], Tone> = {
  decides: "green",
  agrees: "green",
  ignored: "grey",
  untrusted: "grey",
  contradicts: "red",
  malformed: "red",
  unknown: "amber",
  inactive: "amber",
};
