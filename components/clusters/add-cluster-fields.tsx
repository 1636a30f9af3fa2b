"use client";

import { Database, FileBox, Zap } from "lucide-react";
import { Controller, useWatch, type UseFormReturn } from "react-hook-form";
import { RegionField } from "@/components/environments/region-field";
import { FormSection } from "@/components/forms/form-section";
import { NameField, SlugField } from "@/components/forms/name-fields";
import { useNameAndSlug } from "@/components/forms/use-name-and-slug";
import { RadioCards, type RadioCard } from "@/components/ui/radio-cards";
import type { AddClusterValues } from "./add-cluster-values";
import { CapacityField, checkCapacity } from "./capacity-field";
import { LabelsField } from "./labels-field";
import { checkLabels } from "./label-lines";
import { PostgresFields } from "./postgres-fields";
import { TursoFields } from "./turso-fields";

const drivers: readonly RadioCard[] = [
  {
    value: "postgres",
    label: "Postgres",
    icon: <Database aria-hidden="true" className="order-first size-4 text-muted" />,
    description: "A server that you run or rent. Each tenant gets a database and logins of its own.",
  },
  {
    value: "turso",
    label: "Turso",
    icon: <Zap aria-hidden="true" className="order-first size-4 text-muted" />,
    description: "A group at Turso. Each tenant gets a libSQL database of its own in it.",
  },
  {
    value: "files",
    label: "Files",
    icon: <FileBox aria-hidden="true" className="order-first size-4" />,
    disabledReason: "Built in: there is one, in the data directory of this installation.",
  },
  {
    value: "embedded",
    label: "Postgres of the installation",
    icon: <Database aria-hidden="true" className="order-first size-4" />,
    disabledReason: "Built in: the one of FREEHOLD_POSTGRES_URL, or one that Freehold runs itself.",
  },
];

interface AddClusterFieldsProps {
  form: UseFormReturn<AddClusterValues>;
}

/** The questions in the order in which one answers them. */
export function AddClusterFields({ form }: AddClusterFieldsProps) {
  const driver = useWatch({ control: form.control, name: "driver" });
  return (
    <ol className="flex min-w-0 flex-col">
      <FormSection number={1} title="Driver" description="What kind of place it is.">
        <RadioCards
          legend="Driver"
          hideLegend
          name="driver"
          columns={2}
          value={driver}
          onValueChange={(value) => {
            if (value === "postgres" || value === "turso") form.setValue("driver", value);
          }}
          options={drivers}
        />
      </FormSection>
      <FormSection
        number={2}
        title="Connection"
        description={
          driver === "postgres"
            ? "Where the server is, and as whom Freehold makes databases on it."
            : "Which group it is, and the token that opens it."
        }
      >
        {driver === "postgres" ? <PostgresFields form={form} /> : <TursoFields form={form} />}
      </FormSection>
      <FormSection number={3} title="Name and place" description="What operators call it, and where it is.">
        <NameFields form={form} />
      </FormSection>
      <FormSection number={4} title="Limits and labels" last>
        <CapacityField
          holder="cluster"
          registration={form.register("capacity", { validate: checkCapacity("cluster") })}
          error={form.formState.errors.capacity}
        />
        <LabelsField
          registration={form.register("labels", { validate: checkLabels })}
          error={form.formState.errors.labels}
        />
      </FormSection>
    </ol>
  );
}

function NameFields({ form }: AddClusterFieldsProps) {
  const { errors } = form.formState;
  const fields = useNameAndSlug(form);
  return (
    <>
      <NameField
        registration={form.register("name", fields.name)}
        error={errors.name}
        placeholder="Frankfurt 1"
      />
      <SlugField
        registration={form.register("slug", fields.slug)}
        error={errors.slug?.message}
        hint="What commands and placements call it; it cannot be changed later."
        placeholder="frankfurt-1"
      />
      <Controller
        control={form.control}
        name="region"
        render={({ field, fieldState }) => (
          <RegionField
            field={field}
            error={fieldState.error?.message}
            hint="Data that must stay in a region lands on clusters of that region only, so say where it really is."
          />
        )}
      />
    </>
  );
}
