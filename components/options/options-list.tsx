"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { ListSkeleton } from "@/components/environments/environment-skeletons";
import { useEnvironment, type EnvironmentDetail } from "@/components/environments/use-environment";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
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
  return query.error ? (
    <LoadError what="environment" query={query} />
  ) : (
    <ListSkeleton label="Loading options" />
  );
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
    stacked: "plain",
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
    cell: (row) => row.changedBy !== null && <bdi>{row.changedBy}</bdi>,
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
      count={page && countText(page.total)}
      description="What services do otherwise for this environment. Their defaults are in their code; a change here reaches them within a second."
      action={add}
    >
      <FilterBar search={list.search("Search options")} onReset={list.onReset} />
      <ListTable
        list={list}
        query={query}
        label="Options"
        what="options"
        noMatch="No options match"
        columns={columnsIn(environment)}
        rowId={(row) => row.name}
        empty={{
          text: "No options yet. Those that services publish stand here by themselves.",
          action: add,
          command: `freehold options set checkout ${place} --value '{"express":true}'`,
        }}
      />
      <NewOptions environment={environment} open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}
