"use client";

import { lazy, Suspense } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import type { CreateValues } from "./create-environment-fields";
import { driverChoices } from "./driver-choices";
import { regionHint, regionOptions } from "./regions";
import type { Refusal } from "./use-preview";

const ClusterField = lazy(async () => ({ default: (await import("./cluster-field")).ClusterField }));

interface PlaceFieldsProps {
  form: UseFormReturn<CreateValues>;
  /** Why there is no home for it now, and which choice that belongs to. */
  refusal: Refusal | null;
  /** Operators may also name the cluster. */
  isOperator: boolean;
}

/** Where the data is to live. */
export function PlaceFields({ form, refusal, isOperator }: PlaceFieldsProps) {
  const refused = (field: Refusal["field"]) => (refusal?.field === field ? refusal.message : undefined);
  return (
    <>
      <Controller
        control={form.control}
        name="region"
        render={({ field, fieldState }) => (
          <Field label="Region" error={fieldState.error?.message ?? refused("region")} hint={regionHint}>
            <Select
              value={field.value}
              onValueChange={field.onChange}
              onBlur={field.onBlur}
              options={regionOptions}
            />
          </Field>
        )}
      />
      <Controller
        control={form.control}
        name="driver"
        render={({ field, fieldState }) => (
          <RadioCards
            legend="Database"
            name="driver"
            columns={2}
            value={field.value}
            onValueChange={field.onChange}
            error={fieldState.error?.message ?? refused("driver")}
            options={driverChoices}
          />
        )}
      />
      {isOperator && (
        <Suspense>
          <ClusterField form={form} refused={refused("cluster")} />
        </Suspense>
      )}
    </>
  );
}
