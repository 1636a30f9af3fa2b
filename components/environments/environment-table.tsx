"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { paths } from "@/components/paths";
import { EnvironmentPill } from "@/components/shell/environment-pill";
import { environmentLabels } from "@/components/shell/environment-type";
import { Page } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Bytes } from "@/components/ui/bytes";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { Time } from "@/components/ui/time";
import type { ApiOutputs } from "@/components/api/outputs";
import { environmentStatuses, environmentTypes, slugFor } from "@/server/domain/environments/names";
import { DaysLeft } from "./days-left";
import { EnvironmentStatusDot, statusWord } from "./environment-status";
import { environmentListParams } from "./list-params";
import { driverWords } from "./placement-words";

type Row = ApiOutputs["environments"]["list"]["items"][number];

function columns(organization: string): Column<Row>[] {
  return [
    {
      id: "name",
      header: "Name",
      sortable: true,
      href: (row) => paths.environment(organization, row.slug),
      title: (row) => row.name,
      cell: (row) => (
        <>
          <bdi>{row.name}</bdi>{" "}
          {row.slug !== slugFor(row.name) && (
            <span className={"font-mono text-xs font-normal text-faint @max-[960px]:hidden"}>{row.slug}</span>
          )}{" "}
          {row.isDefault && <Badge>default</Badge>} {row.isProtected && <Badge>protected</Badge>}
        </>
      ),
    },
    {
      id: "type",
      header: "Type",
      sortable: true,
      width: "7rem",
      stacked: "plain",
      cell: (row) => <EnvironmentPill type={row.envType} />,
    },
    {
      id: "status",
      header: "Status",
      sortable: true,
      width: "11rem",
      stacked: "beside",
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-1.5">
          <EnvironmentStatusDot status={row.status} />
          {row.purgeAt && (
            <span className="truncate text-xs text-faint">
              <DaysLeft purgeAt={row.purgeAt} />
            </span>
          )}
        </span>
      ),
    },
    {
      id: "region",
      header: "Region",
      width: "8rem",
      secondary: true,
      stacked: "plain",
      cell: (row) => row.region,
    },
    {
      id: "driver",
      header: "Driver",
      width: "6rem",
      secondary: true,
      stacked: "plain",
      cell: (row) => driverWords[row.driver].label,
    },
    {
      id: "size",
      header: "Size",
      width: "6rem",
      align: "end",
      stacked: "plain",
      cell: (row) => <Bytes value={row.storageUsedBytes} />,
    },
    {
      id: "created",
      header: "Created",
      sortable: true,
      width: "7rem",
      cell: (row) => <Time value={row.createdAt} />,
    },
  ];
}

interface EnvironmentTableProps {
  organization: { slug: string; name: string };
  /** Why this person cannot create one; null when they can. */
  createRefusal: string | null;
}

export function EnvironmentTable({ organization, createRefusal }: EnvironmentTableProps) {
  const trpc = useTRPC();
  const list = useList(environmentListParams);
  const query = useQuery(
    trpc.environments.list.queryOptions(
      { organization: organization.slug, ...list.input },
      {
        placeholderData: keepPreviousData,
        // What is on its way is looked at again until it has arrived.
        refetchInterval: ({ state }) =>
          state.data?.items.some((row) => row.status.endsWith("ing")) ? 1000 : false,
      },
    ),
  );
  const page = query.data;
  const create = createRefusal ? (
    <Button variant="primary" disabledReason={createRefusal}>
      Create environment
    </Button>
  ) : (
    <LinkButton variant="primary" href={paths.newEnvironment(organization.slug)}>
      Create environment
    </LinkButton>
  );
  return (
    <Page title="Environments" count={page && countText(page.total)} action={create}>
      <FilterBar
        search={list.search("Search environments")}
        facets={[
          list.facet(
            "type",
            "Type",
            environmentTypes.map((value) => ({ value, label: environmentLabels[value].long })),
          ),
          list.facet(
            "status",
            "Status",
            environmentStatuses.map((value) => ({ value, label: statusWord(value) })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Environments"
        what="environments"
        noMatch="No environment matches"
        columns={useMemo(() => columns(organization.slug), [organization.slug])}
        rowId={(row) => row.id}
        empty={
          createRefusal
            ? {
                text: "No environment includes you yet. An admin of the organization or of an environment adds you to it.",
                action: (
                  <LinkButton href={paths.members(organization.slug)}>See who the admins are</LinkButton>
                ),
              }
            : {
                text: "Environments that you belong to are listed here, each with a database of its own.",
                action: create,
                command: `freehold env create Staging --type staging --organization ${organization.slug}`,
              }
        }
      />
    </Page>
  );
}
