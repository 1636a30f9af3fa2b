"use client";

import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { AccountTabs } from "@/components/account/account-tabs";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { Page } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { dialogOnDemand } from "@/components/ui/dialog-on-demand";
import { EmptyState } from "@/components/ui/empty-state";
import { Menu } from "@/components/ui/menu";
import { Time } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import type { ApiKey } from "./api-key";
import { EndedKeys } from "./ended-keys";
import { RevokeApiKey } from "./revoke-api-key";

const CreateApiKeyDialog = dialogOnDemand(
  async () => (await import("./create-api-key-dialog")).CreateApiKeyDialog,
);

const soon = 7 * 24 * 3600 * 1000;

function columns(now: number): Column<ApiKey>[] {
  return [
    {
      id: "name",
      header: "Name",
      title: (row) => row.name,
      cell: (row) => <bdi className="font-medium">{row.name}</bdi>,
    },
    {
      id: "start",
      header: "Key",
      width: "9rem",
      stacked: "beside",
      cell: (row) => <code className="text-xs text-muted">{row.start}…</code>,
    },
    {
      id: "created",
      header: "Created",
      width: "8rem",
      secondary: true,
      cell: (row) => <Time value={row.createdAt} />,
    },
    {
      id: "expires",
      header: "Ends",
      width: "8rem",
      cell: (row) => (
        <span className={row.expiresAt.getTime() - now < soon ? "text-amber" : undefined}>
          <Time value={row.expiresAt} />
        </span>
      ),
    },
    {
      id: "used",
      header: "Last used",
      width: "8rem",
      cell: (row) =>
        row.lastUsedAt ? <Time value={row.lastUsedAt} /> : <span className="text-faint">never</span>,
    },
  ];
}

/** The person's keys: what programs use to act for them. */
export function ApiKeyList() {
  const trpc = useTRPC();
  const now = useNow();
  const query = useQuery(trpc.apiKeys.list.queryOptions({}));
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const keys = query.data?.items ?? [];
  const isLive = (key: ApiKey) => key.revokedAt === null && key.expiresAt.getTime() > now;
  const live = keys.filter(isLive);
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      Create key
    </Button>
  );
  const menu = (key: ApiKey) => (
    <Menu
      size="sm"
      label={`Actions for ${key.name}`}
      items={[{ label: "Revoke", icon: <Trash2 />, danger: true, onSelect: () => setRevoking(key) }]}
    />
  );
  return (
    <Page title="Account" tabs={<AccountTabs />} {...(live.length > 0 ? { action: create } : {})}>
      <p className="max-w-[72ch] text-muted">
        A key lets the command line, a script or a pipeline do what you may do, until it expires or you revoke
        it. Keys cannot make keys.
      </p>
      <DataTable
        label="API keys"
        columns={columns(now)}
        rows={live}
        rowId={(key) => key.id}
        rowName={(key) => key.name}
        rowMenu={menu}
        loading={query.isPending}
        error={query.isError && !query.data ? <LoadError what="API keys" query={query} /> : undefined}
        empty={
          <EmptyState action={create} command="freehold login">
            You have no key in use. Create one, then sign the command line in with it.
          </EmptyState>
        }
      />
      <EndedKeys keys={keys.filter((key) => !isLive(key))} />
      <CreateApiKeyDialog open={creating} onClose={() => setCreating(false)} />
      <RevokeApiKey apiKey={revoking} onClose={() => setRevoking(null)} />
    </Page>
  );
}
