import type { ApiError } from "@/components/api/explain";
import type { ApiOutputs } from "@/components/api/outputs";
import { bytesPerMb, driverWords, formatRows, overLimit } from "@/components/environments/placement-words";
import { PoolReference } from "@/components/environments/pool-reference";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { LoadError } from "@/components/api/load-error";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionList } from "@/components/ui/description-list";
import { formatBytes } from "@/components/ui/format";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";

type Placement = EnvironmentDetail["placement"];
type Connection = ApiOutputs["credentials"]["connection"];

interface ConnectionPanelProps {
  query: { data: Connection | undefined; error: ApiError | null; refetch: () => Promise<unknown> };
  placement: Placement;
  /** Operators find the pool behind its name. */
  isOperator: boolean;
}

/** Where the database is for a client, in every way to name it. */
export function ConnectionPanel({ query, placement, isOperator }: ConnectionPanelProps) {
  const { data, error } = query;
  return (
    <Panel title="Connection" description="The address holds no secret: a credential opens it.">
      {data && <Connection connection={data} placement={placement} isOperator={isOperator} />}
      {!data && error && <LoadError what="connection" query={query} />}
      {!data && !error && <SkeletonText lines={4} />}
    </Panel>
  );
}

function limitsOf({ storageLimitMb, rowLimit }: Placement): string {
  const storage = formatBytes(storageLimitMb * bytesPerMb);
  return rowLimit === null ? storage : `${storage}, ${formatRows(rowLimit)}`;
}

interface ConnectionProps {
  connection: Connection;
  placement: Placement;
  isOperator: boolean;
}

function Connection({ connection, placement, isOperator }: ConnectionProps) {
  const { pool } = placement;
  const words = driverWords[connection.driver];
  return (
    <DescriptionList
      items={[
        {
          term: "URL",
          value: <Copyable always text={connection.url} label="Copy URL" />,
          hint: `By the database's name. ${words.clients}`,
        },
        ...(connection.hostUrl
          ? [
              {
                term: "URL by host name",
                value: <Copyable always text={connection.hostUrl} label="Copy URL by host name" />,
                hint: "By the environment's host name, where it leads to the data server.",
              },
            ]
          : []),
        ...(pool
          ? [
              {
                term: "Shared",
                value: (
                  <span>
                    {words.label}, in pool <PoolReference pool={pool} isOperator={isOperator} />
                  </span>
                ),
                hint: "One Postgres database for many tenants. Whatever a login of this environment asks, it sees this environment’s rows only.",
              },
              {
                term: placement.rowLimit === null ? "Storage limit" : "Limits",
                value: limitsOf(placement),
                hint: placement.isOverLimit ? (
                  <span className="text-red">{overLimit}.</span>
                ) : (
                  "Beyond that reads go on and writes are refused, for this environment alone."
                ),
              },
            ]
          : [{ term: "Driver", value: words.label, hint: words.whereabouts }]),
        {
          term: "Tenant id",
          value: <Copyable always text={connection.tenant} label="Copy tenant id" />,
          hint: pool
            ? "What its rows are marked with, and what services resolve to."
            : "What the database is stamped with, and what services resolve to.",
        },
        {
          term: "Last accessed",
          value: connection.lastAccessedAt ? (
            <Time value={connection.lastAccessedAt} />
          ) : (
            <span className="text-faint" title={words.unused.sentence}>
              {words.unused.short}
            </span>
          ),
        },
      ]}
    />
  );
}
