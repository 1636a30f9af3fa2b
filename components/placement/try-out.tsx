"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { driverOptions } from "@/components/clusters/cluster-words";
import { isolationWords } from "@/components/environments/placement-words";
import { regionOptions } from "@/components/environments/regions";
import { tierLabels } from "@/components/organizations/organization-words";
import { environmentLabels } from "@/components/shell/environment-type";
import { cn } from "@/components/ui/cn";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";
import type { SelectOption } from "@/components/ui/select-option";
import { Skeleton } from "@/components/ui/skeleton";
import { environmentTypes } from "@/server/domain/environments/names";
import { isolations } from "@/server/domain/placement/names";
import { tiers } from "@/server/domain/organizations/names";
import { PlacementLine } from "./placement-line";
import { tryInput, tryParams } from "./try-params";

const none = "none";

const choices: { name: keyof typeof tryParams; label: string; options: SelectOption[] }[] = [
  {
    name: "type",
    label: "Environment type",
    options: environmentTypes.map((value) => ({ value, label: environmentLabels[value].long })),
  },
  { name: "tier", label: "Tier", options: tiers.map((value) => ({ value, label: tierLabels[value] })) },
  { name: "region", label: "Region", options: regionOptions },
  {
    name: "residency",
    label: "Residency",
    options: [
      { value: none, label: "Anywhere" },
      ...regionOptions.map((option) => ({ ...option, label: `Only ${option.label}` })),
    ],
  },
  {
    name: "isolation",
    label: "Isolation",
    options: [
      { value: none, label: "As the rules decide" },
      ...isolations.map((value) => ({ value, label: isolationWords[value].short })),
    ],
  },
  { name: "driver", label: "Driver", options: [{ value: none, label: "Any driver" }, ...driverOptions] },
];

/** Where an environment would land now and why. Nothing is placed. */
export function TryOut() {
  const trpc = useTRPC();
  const [tried, setTried] = useQueryStates(tryParams, { history: "replace" });
  const query = useQuery(
    trpc.placement.try.queryOptions(tryInput(tried), { placeholderData: keepPreviousData }),
  );
  function choose(name: keyof typeof tryParams, value: string) {
    const parsed = value === none ? null : tryParams[name].parse(value);
    void setTried({ [name]: parsed });
  }
  return (
    <Panel title="Try it" description="Where such an environment would land now, and why. Nothing is placed.">
      <div className="flex flex-col gap-5">
        <div className="grid grid-cols-2 gap-x-3 gap-y-3">
          {choices.map(({ name, label, options }) => (
            <Field key={name} label={label}>
              <Select
                value={tried[name] ?? none}
                onValueChange={(value) => choose(name, value)}
                options={options}
              />
            </Field>
          ))}
        </div>
        {query.data ? (
          <div className={cn("border-t border-line pt-4", query.isPlaceholderData && "opacity-60")}>
            <PlacementLine tried={query.data} />
          </div>
        ) : query.isError ? (
          <ErrorState title="It could not be tried" onRetry={() => void query.refetch()}>
            {explain(query.error).message}
          </ErrorState>
        ) : (
          <Skeleton className="h-40 w-full" />
        )}
      </div>
    </Panel>
  );
}
