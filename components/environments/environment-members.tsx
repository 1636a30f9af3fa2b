"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { MemberMenu } from "@/components/members/member-menu";
import { personColumns } from "@/components/members/person-columns";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { FilterBar } from "@/components/ui/filter-bar";
import { environmentRoles } from "@/server/kernel/roles";
import { AddEnvironmentMember } from "./add-environment-member";
import { ChangeEnvironmentRole } from "./change-environment-role";
import type { EnvironmentMemberRow, MembersPlace } from "./environment-member";
import { environmentMemberListParams } from "./member-list-params";
import { RemoveEnvironmentMember } from "./remove-environment-member";
import { environmentRoleRefusal } from "./role-refusal";
import { environmentRoleWords } from "./role-words";

const columns = personColumns<EnvironmentMemberRow>({
  role: { width: "6rem", cell: (row) => environmentRoleWords[row.role].label },
  joined: "Added",
});

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
        rowMenu={(row) => (
          <MemberMenu
            member={row}
            removal={row.isMe ? "Leave environment" : "Remove from environment"}
            refusals={{ role: refusal, removal: row.isMe ? null : refusal }}
            onAsk={(what) => setAsked({ what, row })}
          />
        )}
        empty={{
          text: "People who work in this environment alone are listed here, each with a role of their own.",
          action: add,
        }}
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
