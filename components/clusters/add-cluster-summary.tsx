"use client";

import { useWatch, type UseFormReturn } from "react-hook-form";
import type { Refusal } from "@/components/api/refusal";
import { SubmitFooter } from "@/components/forms/submit-footer";
import { paths } from "@/components/paths";
import { DescriptionList } from "@/components/ui/description-list";
import { Panel } from "@/components/ui/panel";
import type { AddClusterValues } from "./add-cluster-values";
import { capacityOf, checkCapacity } from "./capacity-field";
import { driverLabels } from "./cluster-words";

interface AddClusterSummaryProps {
  form: UseFormReturn<AddClusterValues>;
  busy: boolean;
  refusal: Refusal | null;
}

const tests = {
  postgres:
    "Freehold logs in, looks at the version and at what the login may do, and prepares the server. It makes no database yet.",
  turso: "Freehold asks Turso for the group with the token. It makes no database yet.",
};

/** What is about to be added, and what happens with the button. */
export function AddClusterSummary({ form, busy, refusal }: AddClusterSummaryProps) {
  const [driver, name, region, capacity] = useWatch({
    control: form.control,
    name: ["driver", "name", "region", "capacity"],
  });
  const limit = checkCapacity("cluster")(capacity) === true ? capacityOf(capacity) : null;
  return (
    <Panel
      title="What happens next"
      footer={
        <SubmitFooter
          refusal={refusal}
          cancelTo={paths.fleetClusters()}
          label="Add and test cluster"
          busy={busy}
          busyLabel="Adding cluster…"
        />
      }
    >
      <div className="flex flex-col gap-4">
        <DescriptionList
          items={[
            { term: "Cluster", value: name.trim() ? <bdi>{name.trim()}</bdi> : <Unsaid /> },
            { term: "Driver", value: driverLabels[driver] },
            { term: "Region", value: region },
            { term: "Takes", value: limit === null ? "any number of databases" : databases(limit) },
          ]}
        />
        <p className="text-table text-muted">{tests[driver]}</p>
        <p className="text-table text-muted">
          Databases land on it when the test has gone well. Until then it is offline and says why.
        </p>
      </div>
    </Panel>
  );
}

function Unsaid() {
  return <span className="text-faint">not named yet</span>;
}

function databases(count: number): string {
  return count === 1 ? "1 database" : `${count.toLocaleString("en-GB")} databases`;
}
