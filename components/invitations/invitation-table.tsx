"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { useList } from "@/components/lists/use-list";
import { MembersFrame, type MembersOrganization } from "@/components/members/members-frame";
import { organizationRoleWords } from "@/components/organizations/organization-words";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
import { Menu } from "@/components/ui/menu";
import { StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { InviteButton } from "./invite-button";
import { invitationListParams, invitationStatuses } from "./list-params";
import { RevokeInvitation } from "./revoke-invitation";

type Row = ApiOutputs["invitations"]["list"]["items"][number];

const looks: Record<Row["status"], { tone: Tone; word: string }> = {
  pending: { tone: "amber", word: "Pending" },
  accepted: { tone: "green", word: "Accepted" },
  revoked: { tone: "grey", word: "Revoked" },
  expired: { tone: "grey", word: "Expired" },
};

const columns: Column<Row>[] = [
  {
    id: "email",
    header: "E-mail",
    title: (row) => row.email,
    cell: (row) => <bdi className="font-medium">{row.email}</bdi>,
  },
  {
    id: "role",
    header: "Role",
    width: "6.5rem",
    stacked: "plain",
    cell: (row) => organizationRoleWords[row.role].label,
  },
  {
    id: "status",
    header: "Status",
    width: "8rem",
    stacked: "beside",
    cell: (row) => <StatusDot tone={looks[row.status].tone}>{looks[row.status].word}</StatusDot>,
  },
  {
    id: "delivery",
    header: "Sent by",
    width: "6rem",
    secondary: true,
    cell: (row) => (row.delivery === "mail" ? "mail" : "link"),
  },
  {
    id: "inviter",
    header: "Invited by",
    width: "10rem",
    secondary: true,
    title: (row) => row.inviter ?? "",
    cell: (row) => <bdi>{row.inviter ?? "someone who has left"}</bdi>,
  },
  {
    id: "created",
    header: "Invited",
    secondary: true,
    width: "8rem",
    cell: (row) => <Time value={row.createdAt} />,
  },
  {
    id: "expires",
    header: "Expires",
    width: "8rem",
    cell: (row) => (row.status === "pending" ? <Time value={row.expiresAt} /> : "–"),
  },
];

const ended: Record<Row["status"], string | null> = {
  pending: null,
  expired: null,
  accepted: "It was accepted: remove the member instead.",
  revoked: "It was revoked already.",
};

/** The organization's invitations, for its admins. */
export function InvitationTable({ organization }: { organization: MembersOrganization }) {
  const trpc = useTRPC();
  const list = useList(invitationListParams);
  const [revoking, setRevoking] = useState<Row | null>(null);
  const query = useQuery(
    trpc.invitations.list.queryOptions(
      { organization: organization.slug, ...list.input },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <MembersFrame organization={organization}>
      <FilterBar
        search={list.search("Search invitations")}
        facets={[
          list.facet(
            "status",
            "Status",
            invitationStatuses.map((value) => ({ value, label: looks[value].word })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Invitations"
        what="invitations"
        noMatch="No invitation matches"
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.email}
        rowMenu={(row) => (
          <Menu
            size="sm"
            label={`Actions for ${row.email}`}
            items={[
              {
                label: "Revoke invitation",
                danger: true,
                disabledReason: ended[row.status],
                onSelect: () => setRevoking(row),
              },
            ]}
          />
        )}
        empty={{
          text: "People who were invited are listed here, with whether they have accepted.",
          action: <InviteButton organization={organization} />,
        }}
      />
      <RevokeInvitation
        organization={organization.slug}
        invitation={revoking}
        onClose={() => setRevoking(null)}
      />
    </MembersFrame>
  );
}
