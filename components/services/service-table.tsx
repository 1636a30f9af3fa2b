"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { ListTable } from "@/components/lists/list-table";
import { countText, useList } from "@/components/lists/use-list";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import type { Column } from "@/components/ui/data-table-columns";
import { dialogOnDemand } from "@/components/ui/dialog-on-demand";
import { FilterBar } from "@/components/ui/filter-bar";
import { Menu } from "@/components/ui/menu";
import { Time } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { scopeMeaning } from "@/server/domain/credentials/names";
import { serviceListParams } from "./list-params";
import { RevokeService } from "./revoke-service";
import { serviceState, ServiceStateDot, type Service } from "./service-state";
import { scopesExplained, scopesText, serviceDescription } from "./service-words";

const AddServiceDialog = dialogOnDemand(async () => (await import("./add-service-dialog")).AddServiceDialog);

function columns(now: number): Column<Service>[] {
  return [
    {
      id: "name",
      header: "Name",
      title: (row) => row.name,
      cell: (row) => <bdi className="font-medium">{row.name}</bdi>,
    },
    {
      id: "state",
      header: "State",
      width: "6.5rem",
      stacked: "beside",
      cell: (row) => <ServiceStateDot service={row} now={now} />,
    },
    {
      id: "key",
      header: "Key",
      width: "7.5rem",
      secondary: true,
      cell: (row) => <code className="text-xs text-muted">{row.start}…</code>,
    },
    {
      id: "scopes",
      header: "May",
      width: "9rem",
      title: (row) => scopesExplained(row.scopes),
      cell: (row) => <span className="font-mono text-xs">{scopesText(row.scopes)}</span>,
    },
    {
      id: "credentials",
      header: "Credentials",
      width: "7.5rem",
      secondary: true,
      stacked: "named",
      title: (row) => scopeMeaning[row.credentialScope],
      cell: (row) => <span className="font-mono text-xs">{row.credentialScope}</span>,
    },
    {
      id: "created",
      header: "Added",
      width: "7rem",
      secondary: true,
      title: (row) => `By ${row.createdBy}`,
      cell: (row) => <Time value={row.createdAt} />,
    },
    {
      id: "used",
      header: "Last used",
      width: "7rem",
      cell: (row) =>
        row.lastUsedAt ? <Time value={row.lastUsedAt} /> : <span className="text-faint">never</span>,
    },
    {
      id: "ends",
      header: "Ends",
      width: "7rem",
      cell: (row) => <Ends service={row} />,
    },
  ];
}

function Ends({ service: { revokedAt, expiresAt } }: { service: Service }) {
  const end = revokedAt ?? expiresAt;
  return end ? <Time value={end} /> : <span className="text-faint">when revoked</span>;
}

const refusals = { active: null, expired: null, revoked: "It is revoked already." };

/** Every service that asks the catalog. */
export function ServiceTable() {
  const trpc = useTRPC();
  const now = useNow();
  const list = useList(serviceListParams);
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<Service | null>(null);
  const query = useQuery(trpc.services.list.queryOptions(list.input, { placeholderData: keepPreviousData }));
  const page = query.data;
  const add = (
    <Button variant="primary" onClick={() => setAdding(true)}>
      Add service
    </Button>
  );
  const menu = (row: Service) => (
    <Menu
      size="sm"
      label={`Actions for ${row.name}`}
      items={[
        {
          label: "Revoke",
          icon: <Trash2 />,
          danger: true,
          disabledReason: refusals[serviceState(row, now)],
          onSelect: () => setRevoking(row),
        },
      ]}
    />
  );
  return (
    <Page
      title="Services"
      count={page && countText(page.total)}
      description={serviceDescription}
      action={add}
    >
      <FilterBar search={list.search("Search services")} onReset={list.onReset} />
      <ListTable
        list={list}
        query={query}
        label="Services"
        what="services"
        noMatch="No service matches"
        columns={columns(now)}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowMenu={menu}
        empty={{
          text: "No service yet. Add the first one to give it a key, and with it the way to its tenants’ data.",
          action: add,
          command: "freehold service add Students",
        }}
      />
      <AddServiceDialog open={adding} onClose={() => setAdding(false)} />
      <RevokeService service={revoking} onClose={() => setRevoking(null)} />
    </Page>
  );
}
