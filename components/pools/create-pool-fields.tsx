"use client";

import { Controller, type UseFormReturn } from "react-hook-form";
import { CapacityField, checkCapacity } from "@/components/clusters/capacity-field";
import type { ApiError } from "@/components/api/explain";
import { explain } from "@/components/api/explain";
import { stateLooks } from "@/components/clusters/cluster-words";
import { FormSection } from "@/components/forms/form-section";
import { NameField, SlugField } from "@/components/forms/name-fields";
import { useNameAndSlug } from "@/components/forms/use-name-and-slug";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { CreatePoolValues } from "./create-pool-values";
import type { ClusterRow } from "./postgres-clusters";

interface CreatePoolFieldsProps {
  form: UseFormReturn<CreatePoolValues>;
  clusters: readonly ClusterRow[];
  /** Why the clusters could not be read. */
  unread: ApiError | null;
}

/** The questions in the order in which one answers them. */
export function CreatePoolFields({ form, clusters, unread }: CreatePoolFieldsProps) {
  const { errors } = form.formState;
  const fields = useNameAndSlug(form);
  return (
    <ol className="flex min-w-0 flex-col">
      <FormSection number={1} title="Name" description="What operators call it. Its tenants see its slug.">
        <NameField
          registration={form.register("name", fields.name)}
          error={errors.name}
          autoFocus
          placeholder="Schools"
        />
        <SlugField
          registration={form.register("slug", fields.slug)}
          error={errors.slug?.message}
          hint="What commands and placements call it; it cannot be changed later."
          placeholder="schools"
        />
      </FormSection>
      <FormSection
        number={2}
        title="Cluster"
        description="The Postgres server that its database is on. A pool stays where it is made."
      >
        <Controller
          control={form.control}
          name="cluster"
          rules={{ validate: (id) => id !== "" || "Choose a cluster." }}
          render={({ field, fieldState }) => (
            <Field
              label="Postgres cluster"
              error={fieldState.error?.message ?? (unread ? explain(unread).message : undefined)}
              hint="Its region is the region of every tenant in the pool."
              required
            >
              <Select
                value={field.value === "" ? null : field.value}
                onValueChange={field.onChange}
                onBlur={field.onBlur}
                options={clusters.map(({ id, name, region, state }) => ({
                  value: id,
                  label: name,
                  description: `Postgres in ${region}`,
                  ...(state === "active"
                    ? {}
                    : { disabledReason: `${stateLooks[state].word}: it takes no new database.` }),
                }))}
              />
            </Field>
          )}
        />
      </FormSection>
      <FormSection number={3} title="Limit" last>
        <CapacityField
          holder="pool"
          registration={form.register("capacity", { validate: checkCapacity("pool") })}
          error={errors.capacity}
        />
      </FormSection>
    </ol>
  );
}
