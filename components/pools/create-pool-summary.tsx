"use client";

import { useWatch, type UseFormReturn } from "react-hook-form";
import { capacityOf } from "@/components/clusters/cluster-fields";
import type { Refusal } from "@/components/api/refusal";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { DescriptionList } from "@/components/ui/description-list";
import { FormError } from "@/components/ui/form-error";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import type { CreatePoolValues } from "./create-pool-values";
import { checkTenants } from "./pool-fields";
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
  const capacity = checkTenants(typed) === true ? capacityOf(typed) : null;
  const cluster = clusters.find(({ id }) => id === clusterId);
  const isSaid = name.trim() !== "" && cluster !== undefined;
  return (
    <Panel
      title="What happens next"
      footer={
        <div className="flex w-full flex-col gap-3">
          {refusal && <FormError {...refusal} />}
          <div className="flex flex-wrap justify-end gap-2">
            <LinkButton href={paths.fleetPools()}>Cancel</LinkButton>
            <Button type="submit" variant="primary" loading={busy} loadingLabel="Creating pool…">
              Create pool
            </Button>
          </div>
        </div>
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
