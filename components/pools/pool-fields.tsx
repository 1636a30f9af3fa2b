"use client";

import type { FieldError, UseFormRegisterReturn } from "react-hook-form";
import { capacityOf } from "@/components/clusters/cluster-fields";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const most = 1_000_000;

/** What is wrong with the text of a pool's capacity; true when nothing is. */
export function checkTenants(text: string): true | string {
  const capacity = capacityOf(text);
  if (capacity === null) return true;
  if (!Number.isInteger(capacity) || capacity < 0) return "Give a whole number, or leave it empty.";
  return capacity <= most || "A pool takes at most 1,000,000 tenants.";
}

interface TenantsFieldProps {
  registration: UseFormRegisterReturn;
  error: FieldError | undefined;
}

export function TenantsField({ registration, error }: TenantsFieldProps) {
  return (
    <Field
      label="Capacity"
      optional
      error={error?.message}
      hint="The most tenants that it takes. Empty: no limit."
    >
      <Input
        inputMode="numeric"
        autoComplete="off"
        placeholder="500"
        className="max-w-40"
        {...registration}
      />
    </Field>
  );
}
