"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CalendarClock, RefreshCw, Trash2 } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { useTRPC } from "@/components/api/trpc";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { FilterBar } from "@/components/ui/filter-bar";
import { Menu } from "@/components/ui/menu";
import { useNow } from "@/components/ui/use-now";
import { credentialStatuses } from "@/server/domain/credentials/names";
import { credentialColumns } from "./credential-columns";
import { CredentialDialogs, type Asked } from "./credential-dialogs";
import { revokeRefusal, rotateRefusal, scheduleRefusal } from "./credential-refusals";
import { credentialStatusWord, type Credential } from "./credential-words";
import { credentialListParams } from "./list-params";

interface CredentialTableProps {
  environment: EnvironmentDetail;
  revokesTogether: boolean;
  /** The button that issues one. */
  issue: ReactNode;
}

/** The environment's credentials, with what may be done to each. */
export function CredentialTable({ environment, revokesTogether, issue }: CredentialTableProps) {
  const trpc = useTRPC();
  const now = useNow();
  const { driver } = environment.placement;
  const list = useList(credentialListParams);
  const [asked, setAsked] = useState<Asked | null>(null);
  const query = useQuery(
    trpc.credentials.list.queryOptions(
      { environment: environment.id, ...list.input },
      { placeholderData: keepPreviousData, refetchInterval: ({ state }) => lookAgainIn(state.data?.items) },
    ),
  );
  const page = query.data;
  return (
    <section aria-label="Credentials" className="flex min-w-0 flex-col gap-3">
      <h2 className="text-lg font-medium">
        Credentials{" "}
        {page && <span className="font-normal text-faint tabular-nums">{countText(page.total)}</span>}
      </h2>
      <FilterBar
        search={list.search("Search credentials")}
        facets={[
          list.facet(
            "status",
            "Status",
            credentialStatuses.map((value) => ({ value, label: credentialStatusWord(value) })),
          ),
        ]}
        onReset={list.onReset}
      />
      <ListTable
        list={list}
        query={query}
        label="Credentials"
        what="credentials"
        noMatch="No credential matches"
        columns={useMemo(() => credentialColumns(now, driver), [now, driver])}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowMenu={(row) => <CredentialMenu environment={environment} row={row} onAsk={setAsked} />}
        empty={{
          text: "Credentials that open this database are listed here. Issue one for each program that connects.",
          action: issue,
          command: `freehold credential issue ${environment.organization.slug}/${environment.slug} --name "Build pipeline" --scope readwrite`,
        }}
      />
      <CredentialDialogs
        environment={environment}
        revokesTogether={revokesTogether}
        asked={asked}
        onClose={() => setAsked(null)}
      />
    </section>
  );
}

/** What changes in a moment is looked at again until it has; most overlaps last longer than that. */
function lookAgainIn(items: readonly Credential[] | undefined): number | false {
  const soon = Date.now() + 10_000;
  const moving = items?.filter(({ status }) => status === "pending" || status === "rotating") ?? [];
  if (moving.length === 0) return false;
  return moving.some(({ revokeAfter }) => revokeAfter === null || revokeAfter.getTime() < soon) ? 1000 : 5000;
}

interface CredentialMenuProps {
  environment: EnvironmentDetail;
  row: Credential;
  onAsk: (asked: Asked) => void;
}

function CredentialMenu({ environment, row, onAsk }: CredentialMenuProps) {
  return (
    <Menu
      size="sm"
      label={`Actions for ${row.name}`}
      items={[
        {
          label: "Rotate",
          icon: <RefreshCw />,
          disabledReason: rotateRefusal(environment, row),
          onSelect: () => onAsk({ what: "rotation", credential: row }),
        },
        {
          label: "Schedule rotation",
          icon: <CalendarClock />,
          disabledReason: scheduleRefusal(environment, row),
          onSelect: () => onAsk({ what: "schedule", credential: row }),
        },
        { kind: "separator" },
        {
          label: "Revoke",
          icon: <Trash2 />,
          danger: true,
          disabledReason: revokeRefusal(environment, row),
          onSelect: () => onAsk({ what: "revocation", credential: row }),
        },
      ]}
    />
  );
}
