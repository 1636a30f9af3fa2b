import { Badge } from "@/components/ui/badge";
import type { Column } from "@/components/ui/data-table-columns";
import { Time } from "@/components/ui/time";
import { InstallStatusDot } from "./package-status";
import type { InstalledRow } from "./package-words";

export const installedColumns: Column<InstalledRow>[] = [
  {
    id: "name",
    header: "Package",
    title: (row) => row.package,
    cell: (row) => <bdi className="font-medium">{row.package}</bdi>,
  },
  {
    id: "status",
    header: "Status",
    width: "7.5rem",
    stacked: "beside",
    cell: (row) => <InstallStatusDot status={row.status} problem={row.problem} />,
  },
  {
    id: "observed",
    header: "Has",
    width: "10rem",
    cell: (row) => (
      <span className="inline-flex max-w-full min-w-0 items-center gap-2 align-middle">
        {row.observedVersion ?? <span className="text-faint">nothing yet</span>}
        {row.observedVersion !== null &&
          row.newestVersion !== null &&
          row.observedVersion !== row.newestVersion && <Badge>{row.newestVersion} is out</Badge>}
      </span>
    ),
  },
  {
    id: "desired",
    header: "Is to have",
    width: "7rem",
    secondary: true,
    stacked: "named",
    cell: (row) => row.desiredVersion,
  },
  {
    id: "problem",
    header: "Problem",
    stacked: "plain",
    title: (row) => row.problem,
    cell: (row) =>
      row.problem && (
        <span className={row.status === "failed" ? "text-red" : "text-muted"}>{row.problem}</span>
      ),
  },
  {
    id: "updated",
    header: "Changed",
    width: "7rem",
    secondary: true,
    cell: (row) => <Time value={row.updatedAt} />,
  },
];
