import { grantees, quoted } from "./quote";
import type { Scope } from "./scope";

export interface MembershipRow {
  role: string;
  member: string;
  grantor: string;
}

/** The statement that ends a membership. From 16 on, each grantor's grant stands by itself. */
export function endMembership({ role, member, grantor }: MembershipRow, { version }: Scope): string[] {
  const by = version >= 160_000 ? ` GRANTED BY ${quoted(grantor)}` : "";
  return [`REVOKE ${quoted(role)} FROM ${grantees([member])}${by}`];
}
