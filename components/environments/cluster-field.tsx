"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { CreateValues } from "./create-values";
import { driverWords } from "./placement-words";

const byRules = "";

interface ClusterFieldProps {
  form: UseFormReturn<CreateValues>;
  /** Why the cluster cannot take it. */
  refused: string | undefined;
}

/** Lets an operator name the cluster instead of leaving it to the rules. */
export function ClusterField({ form, refused }: ClusterFieldProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.clusters.list.queryOptions({ limit: 100 }));
  const clusters = (data?.items ?? []).map(({ slug, driver, region, state }) => ({
    value: slug,
    label: slug,
    description: `${driverWords[driver].label} in ${region}`,
    ...(state === "active" ? {} : { disabledReason: `It is ${state} and takes no new database.` }),
  }));
  return (
    <Controller
      control={form.control}
      name="cluster"
      render={({ field, fieldState }) => (
        <Field
          label="Cluster"
          error={fieldState.error?.message ?? refused}
          hint="You see this as an operator. A cluster named here comes before every rule; it has to fit the database and any fence."
        >
          <Select
            value={field.value}
            onValueChange={field.onChange}
            onBlur={field.onBlur}
            options={[{ value: byRules, label: "As the rules decide" }, ...clusters]}
          />
        </Field>
      )}
    />
  );
}
