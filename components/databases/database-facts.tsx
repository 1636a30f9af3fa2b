import { CircleAlert, CircleCheck } from "lucide-react";
import type { ApiOutputs } from "@/components/api/outputs";
import {
  bytesPerMb,
  driverWords,
  isolationWords,
  overLimit,
} from "@/components/environments/placement-words";
import { PoolReference } from "@/components/environments/pool-reference";
import { RowMeter } from "@/components/environments/row-meter";
import { Copyable } from "@/components/ui/copyable";
import { DescriptionList, type Description } from "@/components/ui/description-list";
import { formatBytes } from "@/components/ui/format";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";

type Database = ApiOutputs["environments"]["inspect"];

export function Whereabouts({ database, isOperator }: { database: Database; isOperator: boolean }) {
  const words = driverWords[database.driver];
  return (
    <Panel title="Where it is">
      <DescriptionList
        items={[
          // In a pool there is no database by that name.
          ...(database.pool
            ? []
            : [
                {
                  term: "Database name",
                  value: <Copyable always text={database.databaseName} label="Copy database name" />,
                },
              ]),
          {
            term: "Driver",
            value: words.label,
            ...(database.pool ? {} : { hint: words.whereabouts }),
          },
          ...isolationOf(database, isOperator),
          { term: "Region", value: database.region },
          { term: "Engine", value: database.engine },
          {
            term: "System schema",
            value: <span className="font-mono text-xs">version {database.schemaVersion}</span>,
            hint: "What Freehold keeps in every database.",
          },
          ...(database.provisionedAt
            ? [{ term: "Provisioned", value: <Time value={database.provisionedAt} /> }]
            : []),
        ]}
      />
    </Panel>
  );
}

function isolationOf({ isolation, pool }: Database, isOperator: boolean): Description[] {
  const { short, meaning } = isolationWords[isolation];
  return [
    { term: "Isolation", value: short, hint: meaning },
    ...(pool
      ? [
          {
            term: "Pool",
            value: <PoolReference pool={pool} isOperator={isOperator} />,
            hint: "One Postgres database for many tenants. This page counts and measures this environment’s rows only.",
          },
        ]
      : []),
  ];
}

export function Size({ database }: { database: Database }) {
  const { measured } = driverWords[database.driver];
  return (
    <Panel title="Size">
      <Meter
        label={database.pool ? "Its rows" : "On disk"}
        value={database.sizeBytes}
        max={database.storageLimitMb * bytesPerMb}
        format={formatBytes}
        hint={
          database.pool
            ? "Its own rows, counted among those of the pool. The limit is its own as well."
            : measured
        }
      />
      {database.pool && (
        <div className="mt-4">
          <RowMeter held={database} hint="As the pool was last measured. The tables are counted now." />
        </div>
      )}
      {database.isOverLimit && <p className="mt-3 text-table text-red">{overLimit}.</p>}
    </Panel>
  );
}

interface StampProps {
  stamp: Database["stamp"];
  environmentId: string;
}

/** Whose the database says it is; one that says something else is never opened. */
export function Stamp({ stamp, environmentId }: StampProps) {
  const matches = stamp.tenant === environmentId;
  return (
    <Panel title="Stamp">
      <p className={`mb-3 flex items-start gap-2 text-table ${matches ? "text-green" : "text-red"}`}>
        {matches ? (
          <CircleCheck aria-hidden="true" className="mt-px size-4 shrink-0" />
        ) : (
          <CircleAlert aria-hidden="true" className="mt-px size-4 shrink-0" />
        )}
        {matches ? "It names this environment." : "It names another tenant. Services are refused."}
      </p>
      <DescriptionList
        items={[
          { term: "Tenant", value: <Copyable always text={stamp.tenant} label="Copy tenant id" /> },
          { term: "Stamped", value: <Time value={stamp.stampedAt} /> },
        ]}
      />
    </Panel>
  );
}
