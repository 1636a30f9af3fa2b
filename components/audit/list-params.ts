import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { auditSpans, organizationActions } from "@/server/domain/audit/names";

export const auditListParams = {
  search: parseAsString.withDefault(""),
  action: parseAsStringLiteral(organizationActions),
  actor: parseAsString,
  within: parseAsStringLiteral(auditSpans),
  cursor: parseAsString,
};

/** The entry whose details are open. */
export const auditEntryParam = parseAsString.withOptions({ history: "push" });
