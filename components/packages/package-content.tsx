"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LoadError } from "@/components/api/load-error";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { Badge } from "@/components/ui/badge";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import { SkeletonText } from "@/components/ui/skeleton";
import { PackageFiles } from "./package-files";

type Content = ApiOutputs["packages"]["getVersion"];
type Engine = Content["engines"][number];

const engineLabels: Record<Engine, string> = { sqlite: "SQLite and libSQL", postgres: "Postgres" };

/** What one version makes: its tables, and the statements that make them. */
export function PackageContent({ name, version }: { name: string; version: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.packages.getVersion.queryOptions({ package: name, version }));
  const content = query.data;
  if (query.error && !content) return <LoadError what="version" query={query} />;
  if (!content)
    return (
      <Panel title={`Content of ${version}`}>
        <SkeletonText lines={6} />
      </Panel>
    );
  return (
    <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Tables content={content} />
      <Statements content={content} />
    </div>
  );
}

function Tables({ content: { tables, version } }: { content: Content }) {
  return (
    <Panel title={`Tables of ${version}`}>
      {tables.length > 0 ? (
        <ul className="divide-y divide-line border-t border-line text-table">
          {tables.map((table) => (
            <li key={table.name} className="flex min-w-0 flex-col gap-0.5 py-2">
              <span className="flex min-w-0 items-center gap-2">
                <span className="truncate font-mono text-xs font-medium">{table.name}</span>
                {table.isReference && (
                  <Badge title="Everybody reads it, its migrations alone write it">reference</Badge>
                )}
              </span>
              <span className="text-xs text-muted">
                {table.columns
                  .map(({ name, dataClass }) => (dataClass ? `${name} (${dataClass})` : name))
                  .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-table text-muted">
          Read them from the statements: this package is for Postgres only.
        </p>
      )}
    </Panel>
  );
}

function Statements({ content }: { content: Content }) {
  const [engine, setEngine] = useState<Engine>(content.engines[0] ?? "sqlite");
  return (
    <Panel
      title={`Statements of ${content.version}`}
      action={
        content.engines.length > 1 && (
          <Select
            aria-label="Engine"
            className="w-44"
            value={engine}
            onValueChange={setEngine}
            options={content.engines.map((value) => ({ value, label: engineLabels[value] }))}
          />
        )
      }
    >
      <PackageFiles files={content.migrations.flatMap((migration) => migration[engine] ?? [])} />
    </Panel>
  );
}
