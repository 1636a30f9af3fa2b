"use client";

import { lazy, Suspense } from "react";
import { Controller, useWatch, type UseFormReturn } from "react-hook-form";
import { RadioCards } from "@/components/ui/radio-cards";
import type { CreateValues } from "./create-values";
import { driverChoices } from "./driver-choices";
import { isolationChoices } from "./isolation-choices";
import { RegionField } from "./region-field";
import { regionHint } from "./regions";
import type { Refusal } from "./use-preview";

const ClusterField = lazy(async () => ({ default: (await import("./cluster-field")).ClusterField }));
const PoolField = lazy(async () => ({ default: (await import("./pool-field")).PoolField }));

interface PlaceFieldsProps {
  form: UseFormReturn<CreateValues>;
  /** Why there is no home for it now, and which choice that belongs to. */
  refusal: Refusal | null;
  /** Operators may also name the cluster and the pool. */
  isOperator: boolean;
}

/** Where the data is to live. */
export function PlaceFields({ form, refusal, isOperator }: PlaceFieldsProps) {
  const isolation = useWatch({ control: form.control, name: "isolation" });
  const refused = (field: Refusal["field"]) => (refusal?.field === field ? refusal.message : undefined);
  return (
    <>
      <Controller
        control={form.control}
        name="region"
        render={({ field, fieldState }) => (
          <RegionField
            field={field}
            error={fieldState.error?.message ?? refused("region")}
            hint={regionHint}
          />
        )}
      />
      <Controller
        control={form.control}
        name="isolation"
        render={({ field, fieldState }) => (
          <RadioCards
            legend="Isolation"
            name="isolation"
            value={field.value}
            onValueChange={field.onChange}
            error={fieldState.error?.message ?? refused("isolation")}
            options={isolationChoices}
          />
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
            options={driverChoices(isolation)}
          />
        )}
      />
      {isOperator && (
        <Suspense>
          <ClusterField form={form} refused={refused("cluster")} />
          {isolation !== "dedicated" && <PoolField form={form} refused={refused("pool")} />}
        </Suspense>
      )}
    </>
  );
}
