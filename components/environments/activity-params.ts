import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { auditSpans } from "@/server/domain/audit/names";
import { environmentActions } from "./activity-words";

export const activityParams = {
  search: parseAsString.withDefault(""),
  action: parseAsStringLiteral(environmentActions),
  within: parseAsStringLiteral(auditSpans),
  cursor: parseAsString,
};
