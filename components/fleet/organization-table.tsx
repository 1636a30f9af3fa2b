"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ListChecks, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { tierLabels } from "@/components/organizations/organization-words";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { Copyable } from "@/components/ui/copyable";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { Menu } from "@/components/ui/menu";
import { Time } from "@/components/ui/time";
import { tiers } from "@/server/domain/organizations/names";
import { fleetOrganizationParams } from "./list-params";
import { SetTierDialog } from "./set-tier-dialog";

type FleetOrganization = ApiOutputs["organizations"]["listAll"]["items"][number];

const columns: Column<FleetOrganization>[] = [
  {
    id: "name",
    header: "Name",
    sortable: true,
    title: (row) => row.name,
    cell: (row) => <bdi className="font-medium">{row.name}</bdi>,
  },
  {
    id: "slug",
    header: "Slug",
    width: "13rem",
    secondary: true,
    stacked: "plain",
    cell: (row) => <Copyable text={row.slug} label="Copy slug" />,
  },
  { id: "tier", header: "Tier", width: "7rem", stacked: "beside", cell: (row) => tierLabels[row.tier] },
  { id: "region", header: "Region", width: "8rem", secondary: true, cell: (row) => row.region },
  {
    id: "environments",
    header: "Environments",
    width: "7.5rem",
    align: "end",
    cell: (row) => row.environments.toLocaleString("en-GB"),
  },
  {
    id: "members",
    header: "Members",
    width: "6rem",
    align: "end",
    cell: (row) => row.members.toLocaleString("en-GB"),
  },
  {
    id: "created",
    header: "Created",
    sortable: true,
    width: "8rem",
    cell: (row) => <Time value={row.createdAt} />,
  },
];

const create = (
  <LinkButton variant="primary" href={paths.newOrganization()}>
    Create organization
  </LinkButton>
);

/** Every organization of the installation. */
export function FleetOrganizationTable() {
  const trpc = useTRPC();
  const list = useList(fleetOrganizationParams);
  const [changing, setChanging] = useState<FleetOrganization | null>(null);
  const query = useQuery(
    trpc.organizations.listAll.queryOptions(list.input, { placeholderData: keepPreviousData }),
  );
  const page = query.data;
  const menu = (row: FleetOrganization) => (
    <Menu
      size="sm"
      label={`Actions for ${row.name}`}
      items={[
        { label: "Change tier", icon: <SlidersHorizontal />, onSelect: () => setChanging(row) },
        {
          kind: "link",
          label: "Show its operations",
          icon: <ListChecks />,
          href: paths.fleetOperations({ search: `${row.slug}/` }),
        },
      ]}
    />
  );
  return (
    <Page title="Organizations" count={page && countText(page.total)} action={create}>
      <FilterBar
        search={list.search("Search organizations")}
        facets={[
          list.facet(
            "tier",
            "Tier",
            tiers.map((value) => ({ value, label: tierLabels[value] })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Organizations"
        what="organizations"
        noMatch="No organization matches"
        columns={columns}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowMenu={menu}
        empty={{
          text: "Organizations are listed here as people sign up, each with a default environment of its own.",
          action: create,
          command: "freehold org create Acme",
        }}
      />
      <SetTierDialog organization={changing} onClose={() => setChanging(null)} />
    </Page>
  );
}
