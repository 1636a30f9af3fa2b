import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { presetNames } from "@/sdk/resolution/preset-names";

/** What is asked about: a pasted command, a request in parts, or hints that were recorded. */
const askedKinds = ["curl", "http", "grpc", "message", "hints"] as const;
export type AskedKind = (typeof askedKinds)[number];

/**
 * What the address holds: everything but the command, the headers and the target, which may have
 * tokens in them. Recorded hints have none.
 */
export const resolveParams = {
  as: parseAsStringLiteral(askedKinds).withDefault("curl"),
  hints: parseAsString.withDefault(""),
  preset: parseAsStringLiteral(presetNames).withDefault("sharedDb"),
  tenant: parseAsString.withDefault(""),
  strict: parseAsBoolean.withDefault(true),
  shared: parseAsArrayOf(parseAsString).withDefault([]),
  session: parseAsString.withDefault(""),
  peer: parseAsString.withDefault(""),
  hops: parseAsArrayOf(parseAsString).withDefault([]),
  service: parseAsString.withDefault(""),
};

export interface ResolveState {
  as: AskedKind;
  hints: string;
  preset: (typeof presetNames)[number];
  tenant: string;
  strict: boolean;
  shared: string[];
  session: string;
  peer: string;
  hops: string[];
  service: string;
}
