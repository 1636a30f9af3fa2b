"use client";

import { Archive, Eye, Send, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Bytes } from "@/components/ui/bytes";
import { DataTable } from "@/components/ui/data-table";
import type { Column } from "@/components/ui/data-table-columns";
import { EmptyState } from "@/components/ui/empty-state";
import { Menu } from "@/components/ui/menu";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { packageVersionRefusal } from "@/server/domain/packages/state";
import { VersionStatusDot } from "./package-status";
import { publishCommand, type PackageDetail, type PackageVersion } from "./package-words";
import { VersionDialogs, type Asked } from "./version-dialogs";

function versionColumns(shown: string | null): Column<PackageVersion>[] {
  return [
    {
      id: "version",
      header: "Version",
      cell: (row) => (
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium tabular-nums">{row.version}</span>
          {row.version === shown && <Badge>shown below</Badge>}
        </span>
      ),
    },
    {
      id: "status",
      header: "Status",
      width: "8rem",
      stacked: "beside",
      cell: (row) => <VersionStatusDot version={row} />,
    },
    {
      id: "engines",
      header: "Engines",
      width: "9.5rem",
      secondary: true,
      cell: (row) => <span className="font-mono text-xs">{row.engines.join(", ")}</span>,
    },
    {
      id: "statements",
      header: "Statements",
      width: "7rem",
      align: "end",
      cell: (row) => row.statementCount,
    },
    {
      id: "size",
      header: "Size",
      width: "6rem",
      align: "end",
      secondary: true,
      cell: (row) => <Bytes value={row.sizeBytes} />,
    },
    {
      id: "checksum",
      header: "Checksum",
      width: "8rem",
      title: (row) => row.checksum,
      cell: (row) => <code className="text-xs text-muted">{row.checksum.slice(0, 12)}</code>,
    },
    {
      id: "made",
      header: "Made",
      width: "12rem",
      secondary: true,
      title: (row) => row.createdBy,
      cell: (row) => (
        <>
          <Time value={row.createdAt} /> <bdi className="text-faint">{row.createdBy}</bdi>
        </>
      ),
    },
  ];
}

interface PackageVersionsProps {
  detail: PackageDetail;
  shown: string | null;
  onShow: (version: string) => void;
}

/** The releases of a package, the newest first, with what may be done to each. */
export function PackageVersions({ detail, shown, onShow }: PackageVersionsProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const menu = (row: PackageVersion) => (
    <Menu
      size="sm"
      label={`Actions for ${row.version}`}
      items={[
        { label: "Show content", icon: <Eye />, onSelect: () => onShow(row.version) },
        {
          label: "Publish",
          icon: <Send />,
          disabledReason: packageVersionRefusal("publish", row),
          onSelect: () => setAsked({ what: "publish", version: row }),
        },
        {
          label: "Deprecate",
          icon: <Archive />,
          disabledReason: packageVersionRefusal("deprecate", row),
          onSelect: () => setAsked({ what: "deprecate", version: row }),
        },
        { kind: "separator" },
        {
          label: "Delete draft",
          icon: <Trash2 />,
          danger: true,
          disabledReason: packageVersionRefusal("delete", row),
          onSelect: () => setAsked({ what: "delete", version: row }),
        },
      ]}
    />
  );
  return (
    <Panel title="Versions" flush>
      <DataTable
        embedded
        label="Versions"
        columns={useMemo(() => versionColumns(shown), [shown])}
        rows={detail.versions}
        rowId={(row) => row.version}
        rowName={(row) => row.version}
        rowMenu={menu}
        empty={<EmptyState command={publishCommand}>It has no version.</EmptyState>}
      />
      <VersionDialogs detail={detail} asked={asked} onClose={() => setAsked(null)} />
    </Panel>
  );
}
