"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useQueryState } from "nuqs";
import type { MouseEvent } from "react";
import { useTRPC } from "@/components/api/trpc";
import { downloadCsv } from "@/components/lists/csv";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { paths } from "@/components/paths";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import type { Column } from "@/components/ui/data-table-columns";
import { FilterBar } from "@/components/ui/filter-bar";
import { Time } from "@/components/ui/time";
import { auditSpans, organizationActions } from "@/server/domain/audit/names";
import { auditCsv } from "./audit-csv";
import { AuditEntry } from "./audit-entry";
import { auditDescription, doorName, spanLabels, type AuditRow } from "./audit-words";
import { auditEntryParam, auditListParams } from "./list-params";
import { useActors } from "./use-actors";

function columns(organization: string, open: (entry: string) => void): Column<AuditRow>[] {
  return [
    {
      id: "action",
      header: "Action",
      title: (row) => row.action,
      cell: (row) => <EntryLink organization={organization} row={row} onOpen={open} />,
    },
    {
      id: "subject",
      header: "Subject",
      width: "14rem",
      stacked: "plain",
      title: (row) => row.subject.label,
      cell: (row) => <bdi>{row.subject.label}</bdi>,
    },
    {
      id: "actor",
      header: "Actor",
      secondary: true,
      stacked: "named",
      width: "15rem",
      title: (row) => row.actor.label,
      cell: (row) => <bdi>{row.actor.label}</bdi>,
    },
    { id: "door", header: "Came in by", width: "8rem", secondary: true, cell: (row) => doorName(row.door) },
    { id: "at", header: "When", width: "8rem", stacked: "beside", cell: (row) => <Time value={row.at} /> },
    {
      id: "seq",
      header: "Entry",
      width: "5rem",
      align: "end",
      secondary: true,
      cell: (row) => row.seq.toLocaleString("en-GB"),
    },
  ];
}

interface EntryLinkProps {
  organization: string;
  row: AuditRow;
  onOpen: (entry: string) => void;
}

/** A real address, so that an entry can be sent on or opened elsewhere; a plain press opens the sheet in place. */
function EntryLink({ organization, row, onOpen }: EntryLinkProps) {
  function press(event: MouseEvent<HTMLAnchorElement>) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // A press elsewhere in the row comes through here too: the sheet gives focus back to its link.
    event.currentTarget.focus();
    onOpen(row.id);
  }
  return (
    <a
      href={paths.auditEntry(organization, row.id)}
      data-row-link=""
      onClick={press}
      className="-mx-1 block truncate rounded-sm px-1 py-1 font-mono text-xs font-medium underline-offset-3 group-hover/row:underline focus-visible:-outline-offset-1"
    >
      {row.action}
    </a>
  );
}

/** The organization's trail, the newest entry first, for its admins. */
export function AuditTable({ organization }: { organization: { slug: string; name: string } }) {
  const trpc = useTRPC();
  const list = useList(auditListParams);
  const [entry, setEntry] = useQueryState("entry", auditEntryParam);
  const query = useQuery(
    trpc.audit.list.queryOptions(
      { organization: organization.slug, ...list.input },
      { placeholderData: keepPreviousData },
    ),
  );
  const page = query.data;
  const rows = page?.items ?? [];
  const actors = useActors(organization.slug, rows, list.input.actor);
  const actionFacet = list.facet(
    "action",
    "Action",
    organizationActions.map((value) => ({ value, label: value })),
  );
  const actorFacet = list.facet("actor", "Actor", actors);

  function showOnly(filter: { actor: string } | { action: string }) {
    void setEntry(null);
    if ("actor" in filter) actorFacet.onChange(filter.actor);
    else actionFacet.onChange(filter.action);
  }

  const exportButton = (
    <Button
      disabledReason={rows.length === 0 ? "There is nothing on this page to export." : null}
      onClick={() => downloadCsv(`audit-${organization.slug}.csv`, auditCsv(rows))}
    >
      <Download />
      Export page
    </Button>
  );
  return (
    <Page title="Audit" count={page && countText(page.total)} description={auditDescription}>
      <FilterBar
        search={list.search("Search entries")}
        facets={[
          actionFacet,
          list.facet(
            "within",
            "Time",
            auditSpans.map((value) => ({ value, label: spanLabels[value] })),
          ),
          actorFacet,
        ]}
        onReset={list.onReset}
        action={exportButton}
      />
      <ListTable
        list={list}
        query={query}
        label="Audit entries"
        what="entries"
        noMatch="No entry matches"
        columns={columns(organization.slug, (id) => void setEntry(id))}
        rowId={(row) => row.id}
      />
      <section
        aria-label="Verify the chain"
        className="flex max-w-[72ch] flex-col items-start gap-2 text-table text-muted"
      >
        <p>
          Each entry carries the hash of the one before it, so an edit, a gap or a swap shows. An operator
          walks the whole chain on the server with
        </p>
        <CodeBlock inline code="freehold audit verify" />
      </section>
      <AuditEntry
        organization={organization.slug}
        entry={entry}
        known={rows.find((row) => row.id === entry)}
        onClose={() => void setEntry(null)}
        onOnly={showOnly}
      />
    </Page>
  );
}
