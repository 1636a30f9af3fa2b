"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { LogOut, UserCog, UserMinus } from "lucide-react";
import { useState } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { Page } from "@/components/shell/page";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Menu } from "@/components/ui/menu";
import { Time } from "@/components/ui/time";
import { environmentRoles, type EnvironmentRole } from "@/server/kernel/roles";
import { AddEnvironmentMember } from "./add-environment-member";
import { ChangeEnvironmentRole } from "./change-environment-role";
import { environmentMemberListParams } from "./member-list-params";
import { RemoveEnvironmentMember } from "./remove-environment-member";
import { environmentRoleRefusal } from "./role-refusal";
import { environmentRoleWords } from "./role-words";

export type EnvironmentMemberRow = ApiOutputs["members"]["listEnvironment"]["items"][number];

const columns: Column<EnvironmentMemberRow>[] = [
  {
    id: "name",
    header: "Name",
    sortable: true,
    title: (row) => row.name,
    cell: (row) => (
      <span className="flex min-w-0 items-center gap-2">
        <Avatar name={row.name} size="sm" />
        <bdi className="truncate font-medium">{row.name}</bdi>
        {row.isMe && <Badge>you</Badge>}
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
  { id: "role", header: "Role", width: "6rem", cell: (row) => environmentRoleWords[row.role].label },
  {
    id: "joined",
    header: "Added",
    sortable: true,
    width: "8rem",
    secondary: true,
    cell: (row) => <Time value={row.joinedAt} />,
  },
];

export interface MembersPlace {
  organization: { slug: string; name: string };
  /** With the role of the person who is looking. */
  environment: { id: string; slug: string; name: string; role: EnvironmentRole };
}

interface Asked {
  what: "role" | "removal";
  row: EnvironmentMemberRow;
}

/** The members of one environment, with what may be done to each. */
export function EnvironmentMembers({ organization, environment }: MembersPlace) {
  const trpc = useTRPC();
  const list = useList(environmentMemberListParams);
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const query = useQuery(
    trpc.members.listEnvironment.queryOptions(
      { environment: environment.id, ...list.input },
      { placeholderData: keepPreviousData },
    ),
  );
  const page = query.data;
  const refusal = environmentRoleRefusal(environment.role, "environment.members");
  const add = (
    <Button variant="primary" disabledReason={refusal} onClick={() => setAdding(true)}>
      Add member
    </Button>
  );
  const place = { organization, environment };
  return (
    <Page
      title="Members"
      count={page && countText(page.total)}
      description={
        <>
          Owners and admins of <bdi>{organization.name}</bdi> are admins here too, without being listed.
        </>
      }
      action={add}
    >
      <FilterBar
        search={list.search("Search members")}
        facets={[
          list.facet(
            "role",
            "Role",
            environmentRoles.map((value) => ({ value, label: environmentRoleWords[value].label })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Members of the environment"
        what="members"
        noMatch="No member matches"
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowMenu={(row) => <RowMenu row={row} refusal={refusal} onAsk={(what) => setAsked({ what, row })} />}
        empty={
          <EmptyState action={add}>
            People who work in this environment alone are listed here, each with a role of their own.
          </EmptyState>
        }
      />
      <AddEnvironmentMember {...place} open={adding} onOpenChange={setAdding} />
      <ChangeEnvironmentRole
        environmentId={environment.id}
        member={asked?.what === "role" ? asked.row : null}
        onClose={() => setAsked(null)}
      />
      <RemoveEnvironmentMember
        {...place}
        member={asked?.what === "removal" ? asked.row : null}
        onClose={() => setAsked(null)}
      />
    </Page>
  );
}

interface RowMenuProps {
  row: EnvironmentMemberRow;
  refusal: string | null;
  onAsk: (what: Asked["what"]) => void;
}

function RowMenu({ row, refusal, onAsk }: RowMenuProps) {
  return (
    <Menu
      size="sm"
      label={`Actions for ${row.name}`}
      items={[
        { label: "Change role", icon: <UserCog />, disabledReason: refusal, onSelect: () => onAsk("role") },
        { kind: "separator" },
        {
          label: row.isMe ? "Leave environment" : "Remove from environment",
          icon: row.isMe ? <LogOut /> : <UserMinus />,
          danger: true,
          disabledReason: row.isMe ? null : refusal,
          onSelect: () => onAsk("removal"),
        },
      ]}
    />
  );
}
