import { type MembershipRow, endMembership } from "@/server/isolation/memberships";
import { named } from "@/server/isolation/quote";
import { defineRule } from "@/server/isolation/rule";

export const rolePredefined = defineRule<MembershipRow>({
  id: "role-predefined",
  title: "The application has a predefined role",
  severity: "high",
  why: "Roles such as pg_read_all_data, pg_monitor or pg_read_server_files see other tenants' queries, statistics, or files.",
  query: `select role, member, min(grantor) as grantor from membership where role ~ '^pg_' and member !~ '^pg_' group by role, member`,
  found: (row, scope) => ({
    object: `${named(row.member)} → ${named(row.role)}`,
    problem: `${named(row.member)} is a member of ${named(row.role)}.`,
    mend: endMembership(row, scope),
  }),
});
