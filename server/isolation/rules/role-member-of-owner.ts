import { type MembershipRow, endMembership } from "@/server/isolation/memberships";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const roleMemberOfOwner = defineRule<MembershipRow>({
  id: "role-member-of-owner",
  title: "The application may act as an owner",
  severity: "critical",
  why: "A member of the owner is bound no more than the owner, and may switch row level security off.",
  query: `select role, member, min(grantor) as grantor from membership where is_owner group by role, member`,
  found: (row, scope) => ({
    object: `${named(row.member)} → ${named(row.role)}`,
    problem: `${named(row.member)} is a member of ${named(row.role)}, which owns tenants' tables.`,
    mend: endMembership(row, scope),
  }),
});
