"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { LoadError } from "@/components/api/load-error";
import { useTRPC } from "@/components/api/trpc";
import { Page } from "@/components/shell/page";
import { CodeBlock } from "@/components/ui/code-block";
import { Copyable } from "@/components/ui/copyable";
import { Facts } from "@/components/ui/facts";
import { Panel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { PackageContent } from "./package-content";
import { PackagePlaces } from "./package-places";
import { PackageSkeleton } from "./package-skeleton";
import { PackageVersions } from "./package-versions";
import type { PackageDetail } from "./package-words";

/** One package: its versions, what is in them, and where it is. */
export function PackagePage({ name }: { name: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.packages.get.queryOptions({ package: name }));
  const [chosen, setChosen] = useQueryState("version", parseAsString);
  const detail = query.data;
  if (!detail) return query.error ? <LoadError what="package" query={query} /> : <PackageSkeleton />;
  const shown = detail.versions.find(({ version }) => version === chosen) ?? detail.versions[0];
  return (
    <Page
      title={detail.name}
      {...(detail.description ? { description: detail.description } : {})}
      facts={<PackageFacts detail={detail} />}
    >
      <PackageVersions
        detail={detail}
        shown={shown?.version ?? null}
        onShow={(version) => void setChosen(version)}
      />
      {shown && <PackageContent key={shown.version} name={detail.name} version={shown.version} />}
      <PackagePlaces name={detail.name} />
      <Panel title="Publish the next version" description="Raise the version in freehold.package.json first.">
        <CodeBlock inline code={`freehold package publish ./${detail.schema}`} />
      </Panel>
    </Page>
  );
}

function PackageFacts({ detail }: { detail: PackageDetail }) {
  const { environments } = detail;
  return (
    <Facts
      items={[
        { term: "Schema", value: <Copyable text={detail.schema} label="Copy schema" /> },
        { term: "Owner", value: <bdi>{detail.ownerService}</bdi> },
        ...(environments
          ? [
              { term: "Installed in", value: environments.installed.toLocaleString("en-GB") },
              { term: "Failed in", value: environments.failed.toLocaleString("en-GB") },
            ]
          : []),
        { term: "Changed", value: <Time value={detail.updatedAt} /> },
      ]}
    />
  );
}
