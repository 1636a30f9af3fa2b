import type { ApiError } from "@/components/api/explain";
import type { ApiOutputs } from "@/components/api/outputs";
import { driverWords } from "@/components/environments/placement-words";
import { ListError } from "@/components/lists/list-error";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionList } from "@/components/ui/description-list";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";

type Connection = ApiOutputs["credentials"]["connection"];

interface ConnectionPanelProps {
  query: { data: Connection | undefined; error: ApiError | null; refetch: () => Promise<unknown> };
}

/** Where the database is for a client, in every way to name it. */
export function ConnectionPanel({ query }: ConnectionPanelProps) {
  const { data, error } = query;
  return (
    <Panel title="Connection" description="The address holds no secret: a credential opens it.">
      {data && <Connection connection={data} />}
      {!data && error && <ListError what="connection" error={error} onRetry={() => void query.refetch()} />}
      {!data && !error && <SkeletonText lines={4} />}
    </Panel>
  );
}

function Connection({ connection }: { connection: Connection }) {
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
        { term: "Driver", value: words.label, hint: words.whereabouts },
        {
          term: "Tenant id",
          value: <Copyable always text={connection.tenant} label="Copy tenant id" />,
          hint: "What the database is stamped with, and what services resolve to.",
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
