"use client";

import { useQuery } from "@tanstack/react-query";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { poolLooks } from "@/components/pools/pool-words";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { CreateValues } from "./create-values";

const byRules = "";

interface PoolFieldProps {
  form: UseFormReturn<CreateValues>;
  /** Why the pool cannot take it. */
  refused: string | undefined;
}

/** Lets an operator name the pool instead of leaving it to the rules. */
export function PoolField({ form, refused }: PoolFieldProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.pools.list.queryOptions({ limit: 100 }));
  const pools = (data?.items ?? []).map(({ slug, cluster, state }) => ({
    value: slug,
    label: slug,
    description: `On ${cluster.slug} in ${cluster.region}`,
    ...(state === "active" ? {} : { disabledReason: `${poolLooks[state].word}: it takes no new tenant.` }),
  }));
  return (
    <Controller
      control={form.control}
      name="pool"
      render={({ field, fieldState }) => (
        <Field
          label="Pool"
          error={fieldState.error?.message ?? refused}
          hint="A pool named here means shared, and comes before every rule; it has to be on the cluster, if you name one."
        >
          <Select
            value={field.value}
            onValueChange={field.onChange}
            onBlur={field.onBlur}
            options={[{ value: byRules, label: "As the rules decide" }, ...pools]}
          />
        </Field>
      )}
    />
  );
}
