import type { ApiOutputs } from "@/components/api/outputs";
import { paths } from "@/components/paths";
import { Bytes } from "@/components/ui/bytes";
import { Copyable } from "@/components/ui/copyable";
import type { Column } from "@/components/ui/data-table-columns";
import { StatusDot } from "@/components/ui/status-dot";
import { TextLink } from "@/components/ui/text-link";
import { findingWords } from "./finding-words";

export type Finding = ApiOutputs["findings"]["list"]["items"][number];

export const findingColumns: Column<Finding>[] = [
  {
    id: "subject",
    header: "Subject",
    title: (row) => row.subject,
    cell: (row) => <Subject finding={row} />,
  },
  {
    id: "kind",
    header: "Kind",
    width: "8rem",
    stacked: "beside",
    cell: (row) => <StatusDot tone={findingWords[row.kind].tone}>{findingWords[row.kind].label}</StatusDot>,
  },
  {
    id: "problem",
    header: "What is wrong",
    stacked: "plain",
    title: (row) => row.problem,
    cell: (row) => row.problem,
  },
  {
    id: "cluster",
    header: "Cluster",
    width: "8.5rem",
    secondary: true,
    stacked: "named",
    title: (row) => row.cluster?.name ?? "",
    cell: (row) => <ClusterLink finding={row} />,
  },
  {
    id: "database",
    header: "Database",
    width: "13rem",
    secondary: true,
    stacked: "named",
    cell: (row) =>
      row.kind === "unreachable" ? (
        <span className="text-faint">all of them</span>
      ) : (
        <Copyable text={row.databaseName} label="Copy database name" />
      ),
  },
  {
    id: "size",
    header: "Size",
    width: "5.5rem",
    align: "end",
    cell: (row) => row.kind !== "unreachable" && <Bytes value={row.sizeBytes} />,
  },
];

function Subject({ finding }: { finding: Finding }) {
  if (finding.environmentId) return <span className="font-medium">{finding.subject}</span>;
  return (
    <span className="text-muted">
      {finding.kind === "unreachable" ? "the whole cluster" : "no environment"}
    </span>
  );
}

function ClusterLink({ finding: { cluster, clusterId } }: { finding: Finding }) {
  if (!cluster || clusterId === null) return <span className="text-faint">gone</span>;
  return (
    <TextLink href={paths.fleetCluster(clusterId)}>
      <bdi>{cluster.slug}</bdi>
    </TextLink>
  );
}
