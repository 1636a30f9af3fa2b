"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { LogOut, UserCog, UserMinus } from "lucide-react";
import { useState } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { organizationRoleWords } from "@/components/organizations/organization-words";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
import { Menu } from "@/components/ui/menu";
import { Time } from "@/components/ui/time";
import { organizationRoles } from "@/server/kernel/roles";
import { ChangeRole } from "./change-role";
import { memberListParams } from "./list-params";
import { removalRefusal, roleRefusal } from "./member-refusals";
import { MembersFrame, type MembersOrganization } from "./members-frame";
import { RemoveMember } from "./remove-member";
import { useOwnerCount } from "./use-owner-count";

type Row = ApiOutputs["members"]["list"]["items"][number];

const columns: Column<Row>[] = [
  {
    id: "name",
    header: "Name",
    sortable: true,
    title: (row) => row.name,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <Avatar name={row.name} size="sm" />
        <bdi className="truncate font-medium">{row.name}</bdi>
        {row.isMe && <Badge className="shrink-0">you</Badge>}
        <bdi className="hidden truncate text-faint @max-[800px]:inline">{row.email}</bdi>
      </span>
    ),
  },
  {
    id: "email",
    header: "E-mail",
    width: "16rem",
    secondary: true,
    title: (row) => row.email,
    cell: (row) => <bdi>{row.email}</bdi>,
  },
  { id: "role", header: "Role", width: "7rem", cell: (row) => organizationRoleWords[row.role].label },
  {
    id: "joined",
    header: "Joined",
    secondary: true,
    sortable: true,
    width: "8rem",
    cell: (row) => <Time value={row.joinedAt} />,
  },
];

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
      <Menu
        size="sm"
        label={`Actions for ${row.name}`}
        items={[
          {
            label: "Change role",
            icon: <UserCog />,
            disabledReason: roleRefusal(facts),
            onSelect: () => setAsked({ what: "role", row }),
          },
          { kind: "separator" },
          {
            label: row.isMe ? "Leave organization" : "Remove member",
            icon: row.isMe ? <LogOut /> : <UserMinus />,
            danger: true,
            disabledReason: removalRefusal(facts),
            onSelect: () => setAsked({ what: "removal", row }),
          },
        ]}
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
