"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { organizationRoleWords } from "@/components/organizations/organization-words";
import { FilterBar } from "@/components/ui/filter-bar";
import { organizationRoles } from "@/server/kernel/roles";
import { ChangeRole } from "./change-role";
import { memberListParams } from "./list-params";
import { MemberMenu } from "./member-menu";
import { removalRefusal, roleRefusal } from "./member-refusals";
import { MembersFrame, type MembersOrganization } from "./members-frame";
import { personColumns } from "./person-columns";
import { RemoveMember } from "./remove-member";
import { useOwnerCount } from "./use-owner-count";

type Row = ApiOutputs["members"]["list"]["items"][number];

const columns = personColumns<Row>({
  role: { width: "7rem", cell: (row) => organizationRoleWords[row.role].label },
  joined: "Joined",
});

interface Asked {
  what: "role" | "removal";
  row: Row;
}

/** The organization's members, with what may be done to each. */
export function MemberTable({ organization }: { organization: MembersOrganization }) {
  const trpc = useTRPC();
  const list = useList(memberListParams);
  const owners = useOwnerCount(organization.slug);
  const [asked, setAsked] = useState<Asked | null>(null);
  const query = useQuery(
    trpc.members.list.queryOptions(
      { organization: organization.slug, ...list.input },
      { placeholderData: keepPreviousData },
    ),
  );
  const page = query.data;

  function menuOf(row: Row) {
    const facts = { mine: organization.role, theirs: row.role, isMe: row.isMe, owners };
    return (
      <MemberMenu
        member={row}
        removal={row.isMe ? "Leave organization" : "Remove member"}
        refusals={{ role: roleRefusal(facts), removal: removalRefusal(facts) }}
        onAsk={(what) => setAsked({ what, row })}
      />
    );
  }

  return (
    <MembersFrame organization={organization} count={page && countText(page.total)}>
      <FilterBar
        search={list.search("Search members")}
        facets={[
          list.facet(
            "role",
            "Role",
            organizationRoles.map((value) => ({ value, label: organizationRoleWords[value].label })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Members"
        what="members"
        noMatch="No member matches"
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowMenu={menuOf}
      />
      <ChangeRole
        organization={organization}
        member={asked?.what === "role" ? asked.row : null}
        onClose={() => setAsked(null)}
      />
      <RemoveMember
        organization={organization}
        member={asked?.what === "removal" ? asked.row : null}
        onClose={() => setAsked(null)}
      />
    </MembersFrame>
  );
}
