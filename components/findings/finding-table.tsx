"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Inbox, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { Page } from "@/components/shell/page";
import { Facts } from "@/components/ui/facts";
import { FilterBar } from "@/components/ui/filter-bar";
import { Menu } from "@/components/ui/menu";
import { Time } from "@/components/ui/time";
import { findingKinds } from "@/server/domain/findings/names";
import { CheckButton, CheckProgress, useFindingCheck } from "./finding-check";
import { findingColumns, type Finding } from "./finding-columns";
import { FindingGuide } from "./finding-guide";
import { findingWords } from "./finding-words";
import { findingListParams } from "./list-params";
import { OrphanDialogs, type ChosenOrphan } from "./orphan-dialogs";

const agreed =
  "Registry and databases agree: every environment has its database, and every database its environment.";
const uncompared =
  "Nothing was compared yet. A check reads the registry and asks every cluster what it holds.";

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
      count={page && countText(page.total)}
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
      <ListTable
        list={list}
        query={query}
        label="Findings"
        what="findings"
        noMatch="No finding matches"
        columns={findingColumns}
        rowId={(row) => row.id}
        rowName={(row) => row.subject}
        rowMenu={menu}
        empty={{ text: page?.checkedAt ? agreed : uncompared }}
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
