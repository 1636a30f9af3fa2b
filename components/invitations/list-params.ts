import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const invitationStatuses = ["pending", "accepted", "revoked", "expired"] as const;

export const invitationListParams = {
  search: parseAsString.withDefault(""),
  status: parseAsStringLiteral(invitationStatuses),
  cursor: parseAsString,
};
