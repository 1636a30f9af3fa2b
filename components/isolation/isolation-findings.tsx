"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { ListEmpty } from "@/components/lists/list-empty";
import { LoadError } from "@/components/api/load-error";
import { countText, useList } from "@/components/lists/use-list";
import { CodeBlock } from "@/components/ui/code-block";
import { FilterBar } from "@/components/ui/filter-bar";
import { Pager } from "@/components/ui/pager";
import { Panel } from "@/components/ui/panel";
import { StatusDot } from "@/components/ui/status-dot";
import { Time } from "@/components/ui/time";
import { findingStates, severities } from "@/server/domain/isolation/names";
import { severityWords } from "./isolation-words";
import { isolationFindingParams } from "./list-params";

type Finding = ApiOutputs["isolation"]["findings"]["items"][number];

/** What lints found, each with why it matters and the statement that mends it. */
export function IsolationFindings({ pools }: { pools: Finding["pool"][] }) {
  const trpc = useTRPC();
  const list = useList(isolationFindingParams);
  const query = useQuery(
    trpc.isolation.findings.queryOptions(list.input, { placeholderData: keepPreviousData }),
  );
  const page = query.data;
  const states = { open: "Open", closed: "Closed" };
  return (
    <>
      <FilterBar
        search={list.search("Search findings")}
        facets={[
          list.facet(
            "pool",
            "Pool",
            pools.map(({ slug, name }) => ({ value: slug, label: name })),
          ),
          list.facet(
            "severity",
            "Severity",
            severities.map((value) => ({ value, label: severityWords[value].label })),
          ),
          list.facet(
            "state",
            "State",
            findingStates.map((value) => ({ value, label: states[value] })),
          ),
        ]}
        onReset={list.onReset}
      />
      {query.isError && !page && <LoadError what="findings" query={query} />}
      {page && (
        <Panel title={`Findings (${countText(page.total)})`} flush>
          {page.items.length === 0 ? (
            <ListEmpty
              list={list}
              noMatch="No finding matches"
              empty={{
                text: "No finding is open. What a lint finds in a pool stands here until it is gone.",
              }}
            />
          ) : (
            <ul className="divide-y divide-line">
              {page.items.map((finding) => (
                <FindingRow key={finding.id} finding={finding} />
              ))}
            </ul>
          )}
        </Panel>
      )}
      {page && page.items.length > 0 && <Pager {...list.pager(page)} />}
    </>
  );
}

function FindingRow({ finding }: { finding: Finding }) {
  const { label, tone } = severityWords[finding.severity];
  return (
    <li className="flex min-w-0 flex-col gap-2 px-4 py-3 text-table">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <StatusDot tone={tone}>{label}</StatusDot>
        <h3 className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">
          <bdi>{finding.object}</bdi>
        </h3>
        <code className="text-xs text-faint">{finding.rule}</code>
        <span className="text-faint">
          in <bdi>{finding.pool.name}</bdi>, since <Time value={finding.firstSeenAt} />
          {finding.closedAt && (
            <>
              , closed <Time value={finding.closedAt} />
            </>
          )}
        </span>
      </div>
      <p className="max-w-[100ch] [overflow-wrap:anywhere]">
        {finding.problem} <span className="text-muted">{finding.why}</span>
      </p>
      <CodeBlock title="Mends it" code={finding.mend} />
    </li>
  );
}
