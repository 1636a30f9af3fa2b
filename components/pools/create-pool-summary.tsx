"use client";

import { useWatch, type UseFormReturn } from "react-hook-form";
import { capacityOf, checkCapacity } from "@/components/clusters/capacity-field";
import type { Refusal } from "@/components/api/refusal";
import { SubmitFooter } from "@/components/forms/submit-footer";
import { paths } from "@/components/paths";
import { CodeBlock } from "@/components/ui/code-block";
import { DescriptionList } from "@/components/ui/description-list";
import { Panel } from "@/components/ui/panel";
import type { CreatePoolValues } from "./create-pool-values";
import { commandFor, tenantsText } from "./pool-words";
import type { ClusterRow } from "./postgres-clusters";

interface CreatePoolSummaryProps {
  form: UseFormReturn<CreatePoolValues>;
  clusters: readonly ClusterRow[];
  busy: boolean;
  refusal: Refusal | null;
}

/** What is about to be made, and what happens with the button. */
export function CreatePoolSummary({ form, clusters, busy, refusal }: CreatePoolSummaryProps) {
  const [name, slug, clusterId, typed] = useWatch({
    control: form.control,
    name: ["name", "slug", "cluster", "capacity"],
  });
  const capacity = checkCapacity("pool")(typed) === true ? capacityOf(typed) : null;
  const cluster = clusters.find(({ id }) => id === clusterId);
  const isSaid = name.trim() !== "" && cluster !== undefined;
  return (
    <Panel
      title="What happens next"
      footer={
        <SubmitFooter
          refusal={refusal}
          cancelTo={paths.fleetPools()}
          label="Create pool"
          busy={busy}
          busyLabel="Creating pool…"
        />
      }
    >
      <div className="flex flex-col gap-4">
        <DescriptionList
          items={[
            { term: "Pool", value: name.trim() ? <bdi>{name.trim()}</bdi> : <Unsaid>not named yet</Unsaid> },
            {
              term: "Lands on",
              value: cluster ? (
                <>
                  <bdi>{cluster.name}</bdi> in {cluster.region}
                </>
              ) : (
                <Unsaid>no cluster chosen yet</Unsaid>
              ),
            },
            { term: "Takes", value: capacity === null ? "any number of tenants" : tenantsText(capacity) },
          ]}
        />
        <p className="text-table text-muted">
          Freehold makes a database with roles of its own, and the policies that keep each tenant to its rows.
          The pool takes tenants when all of that is there.
        </p>
        {isSaid && (
          <CodeBlock
            title="The same as a command"
            code={commandFor({ name: name.trim(), slug, cluster: cluster.slug, capacity })}
          />
        )}
      </div>
    </Panel>
  );
}

function Unsaid({ children }: { children: string }) {
  return <span className="text-faint">{children}</span>;
}
