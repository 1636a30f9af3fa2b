import { parseAsString, parseAsStringLiteral } from "nuqs/server";
import { credentialStatuses } from "@/server/domain/credentials/names";

/** The newest come first unless the address says otherwise. */
export const credentialListParams = {
  search: parseAsString.withDefault(""),
  order: parseAsStringLiteral(["asc", "desc"] as const).withDefault("desc"),
  cursor: parseAsString,
  status: parseAsStringLiteral(credentialStatuses),
};
