"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Inbox, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ListError } from "@/components/lists/list-error";
import { countText, useList } from "@/components/lists/use-list";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { FilterBar } from "@/components/ui/filter-bar";
import { Menu } from "@/components/ui/menu";
import { Pager } from "@/components/ui/pager";
import { Time } from "@/components/ui/time";
import { findingKinds } from "@/server/domain/findings/names";
import { CheckButton, CheckProgress, useFindingCheck } from "./finding-check";
import { findingColumns, type Finding } from "./finding-columns";
import { FindingGuide } from "./finding-guide";
import { findingWords } from "./finding-words";
import { findingListParams } from "./list-params";
import { OrphanDialogs, type ChosenOrphan } from "./orphan-dialogs";

/** Where registry and databases differ, as the newest check saw it. */
export function FindingTable() {
  const trpc = useTRPC();
  const list = useList(findingListParams);
  const checking = useFindingCheck();
  const query = useQuery(trpc.findings.list.queryOptions(list.input, { placeholderData: keepPreviousData }));
  const [chosen, setChosen] = useState<ChosenOrphan | null>(null);
  const page = query.data;
  const menu = (finding: Finding) =>
    finding.kind === "orphan" ? (
      <Menu
        size="sm"
        label={`Actions for ${finding.databaseName}`}
        items={[
          {
            label: "Adopt",
            icon: <Inbox />,
            disabledReason: orphanRefusal(finding),
            onSelect: () => setChosen({ finding, to: "adopt" }),
          },
          {
            label: "Destroy",
            icon: <Trash2 />,
            danger: true,
            disabledReason: orphanRefusal(finding),
            onSelect: () => setChosen({ finding, to: "destroy" }),
          },
        ]}
      />
    ) : null;
  return (
    <Page
      title="Findings"
      {...(page ? { count: countText(page.total) } : {})}
      description="Freehold compares its registry with the databases on every cluster, both ways, and lists what does not match. It only looks: nothing is changed, adopted or removed by a check."
      action={<CheckButton {...checking} />}
      facts={
        <Facts
          items={[{ term: "Last check", value: page?.checkedAt ? <Time value={page.checkedAt} /> : "never" }]}
        />
      }
    >
      <CheckProgress {...checking} />
      <FilterBar
        search={list.search("Search findings")}
        facets={[
          list.facet(
            "kind",
            "Kind",
            findingKinds.map((value) => ({ value, label: findingWords[value].label })),
          ),
        ]}
        onReset={list.onReset}
      />
      <DataTable
        label="Findings"
        columns={findingColumns}
        rows={page?.items ?? []}
        rowId={(row) => row.id}
        rowName={(row) => row.subject}
        rowMenu={menu}
        loading={query.isPending}
        refreshing={query.isPlaceholderData}
        error={
          query.isError && !page ? (
            <ListError what="findings" error={query.error} onRetry={() => void query.refetch()} />
          ) : undefined
        }
        empty={
          <Nothing filtered={list.isFiltered} checked={page?.checkedAt != null} onReset={list.onReset} />
        }
        pager={page && page.items.length > 0 ? <Pager {...list.pager(page)} /> : undefined}
      />
      <FindingGuide />
      <OrphanDialogs chosen={chosen} onClose={() => setChosen(null)} />
    </Page>
  );
}

/** Why an orphan is for a person at the cluster itself; null when it can be dealt with here. */
function orphanRefusal({ tenant }: Finding): string | null {
  return tenant === null ? "It carries no environment's stamp: look at it on the cluster itself." : null;
}

function Nothing({
  filtered,
  checked,
  onReset,
}: {
  filtered: boolean;
  checked: boolean;
  onReset: () => void;
}) {
  if (filtered)
    return (
      <EmptyState action={<Button onClick={onReset}>Reset filters</Button>}>
        No finding matches these filters.
      </EmptyState>
    );
  if (checked)
    return (
      <EmptyState>
        Registry and databases agree: every environment has its database, and every database its environment.
      </EmptyState>
    );
  return (
    <EmptyState>
      Nothing was compared yet. A check reads the registry and asks every cluster what it holds.
    </EmptyState>
  );
}
