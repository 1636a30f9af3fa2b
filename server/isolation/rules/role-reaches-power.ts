import { type MembershipRow, endMembership } from "@/server/isolation/memberships";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const roleReachesPower = defineRule<MembershipRow>({
  id: "role-reaches-power",
  title: "The application may become a role with more power",
  severity: "critical",
  why: "SET ROLE, or a membership that inherits, gives it what the other role has.",
  query: `select role, member, min(grantor) as grantor from membership where is_powerful and not is_owner group by role, member`,
  found: (row, scope) => ({
    object: `${named(row.member)} → ${named(row.role)}`,
    problem: `${named(row.member)} is a member of ${named(row.role)}, which is a superuser, passes by row level security, or may make roles.`,
    mend: endMembership(row, scope),
  }),
});
