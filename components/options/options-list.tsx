"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { EnvironmentError } from "@/components/environments/environment-error";
import { ListSkeleton } from "@/components/environments/environment-skeletons";
import { useEnvironment, type EnvironmentDetail } from "@/components/environments/use-environment";
import { ListError } from "@/components/lists/list-error";
import { countText, useList } from "@/components/lists/use-list";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pager } from "@/components/ui/pager";
import { Time } from "@/components/ui/time";
import { optionsListParams } from "./list-params";
import { NewOptions } from "./new-options";
import { optionsRefusal } from "./options-refusal";
import { overridesText, type OptionsRow } from "./options-words";

interface OptionsListProps {
  organization: string;
  environmentId: string;
}

/** The sets of options that an environment has or could have. */
export function OptionsList({ organization, environmentId }: OptionsListProps) {
  const query = useEnvironment(organization, environmentId);
  if (query.data) return <Sets environment={query.data} />;
  return query.error ? <EnvironmentError query={query} /> : <ListSkeleton label="Loading options" />;
}

const columnsIn = ({ organization, slug }: EnvironmentDetail): Column<OptionsRow>[] => [
  {
    id: "name",
    header: "Name",
    href: (row) => paths.optionsSet(organization.slug, slug, row.name),
    title: (row) => row.name,
    cell: (row) => <span className="font-mono">{row.name}</span>,
  },
  {
    id: "overrides",
    header: "Otherwise here",
    width: "9rem",
    cell: (row) =>
      row.overrides === 0 ? (
        <span className="text-faint">{overridesText(0)}</span>
      ) : (
        overridesText(row.overrides)
      ),
  },
  {
    id: "version",
    header: "Version",
    width: "6rem",
    align: "end",
    cell: (row) => (row.version === 0 ? <span className="text-faint">none</span> : row.version),
  },
  {
    id: "service",
    header: "Published by",
    width: "10rem",
    secondary: true,
    title: (row) => row.service ?? "",
    cell: (row) =>
      row.service === null ? <span className="text-faint">nobody</span> : <bdi>{row.service}</bdi>,
  },
  {
    id: "by",
    header: "Changed by",
    width: "14rem",
    secondary: true,
    title: (row) => row.changedBy ?? "",
    cell: (row) => <bdi>{row.changedBy}</bdi>,
  },
  {
    id: "changed",
    header: "Changed",
    width: "8rem",
    cell: (row) => row.changedAt && <Time value={row.changedAt} />,
  },
];

function Sets({ environment }: { environment: EnvironmentDetail }) {
  const trpc = useTRPC();
  const list = useList(optionsListParams);
  const [adding, setAdding] = useState(false);
  const query = useQuery(
    trpc.options.list.queryOptions(
      { environment: environment.id, ...list.input },
      { placeholderData: keepPreviousData },
    ),
  );
  const page = query.data;
  const place = `${environment.organization.slug}/${environment.slug}`;
  const add = (
    <Button variant="primary" disabledReason={optionsRefusal(environment)} onClick={() => setAdding(true)}>
      Add options
    </Button>
  );
  return (
    <Page
      title="Options"
      {...(page ? { count: countText(page.total) } : {})}
      description="What services do otherwise for this environment. Their defaults are in their code; a change here reaches them within a second."
      action={add}
    >
      <FilterBar search={list.search("Search options")} onReset={list.onReset} />
      <DataTable
        label="Options"
        columns={columnsIn(environment)}
        rows={page?.items ?? []}
        rowId={(row) => row.name}
        loading={query.isPending}
        refreshing={query.isPlaceholderData}
        error={
          query.isError && !page ? (
            <ListError what="options" error={query.error} onRetry={() => void query.refetch()} />
          ) : undefined
        }
        empty={
          list.isFiltered ? (
            <EmptyState action={<Button onClick={list.onReset}>Reset search</Button>}>
              No options match this search.
            </EmptyState>
          ) : (
            <EmptyState
              action={add}
              command={`freehold options set checkout ${place} --value '{"express":true}'`}
            >
              No options yet. Those that services publish stand here by themselves.
            </EmptyState>
          )
        }
        pager={page && page.items.length > 0 ? <Pager {...list.pager(page)} /> : undefined}
      />
      <NewOptions environment={environment} open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}
