"use client";

import type { FieldError, UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";

const most = 1_000_000;

/** The capacity that a form's text spells; null where it is empty: no limit. */
export function capacityOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

export function checkCapacity(text: string): true | string {
  const capacity = capacityOf(text);
  if (capacity === null) return true;
  if (!Number.isInteger(capacity) || capacity < 0) return "Give a whole number, or leave it empty.";
  return capacity <= most || "A cluster takes at most 1,000,000 databases.";
}

interface FieldProps {
  registration: UseFormRegisterReturn;
  error: FieldError | undefined;
}

export function CapacityField({ registration, error }: FieldProps) {
  return (
    <Field
      label="Capacity"
      optional
      error={error?.message}
      hint="The most databases that it takes. Empty: no limit."
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

export function LabelsField({ registration, error }: FieldProps) {
  return (
    <Field label="Labels" optional error={error?.message} hint="One on each line, as name=value.">
      <Textarea mono rows={2} spellCheck={false} placeholder="disk=nvme" {...registration} />
    </Field>
  );
}
