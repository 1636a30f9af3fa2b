"use client";

import type { FieldError, UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

const most = 1_000_000;
const held = { cluster: "databases", pool: "tenants" };

type Holder = keyof typeof held;

/** The capacity that a form's text spells; null where it is empty: no limit. */
export function capacityOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

/** What is wrong with the text of a capacity; true when nothing is. */
export function checkCapacity(holder: Holder) {
  return (text: string): true | string => {
    const capacity = capacityOf(text);
    if (capacity === null) return true;
    if (!Number.isInteger(capacity) || capacity < 0) return "Give a whole number, or leave it empty.";
    return capacity <= most || `A ${holder} takes at most 1,000,000 ${held[holder]}.`;
  };
}

interface CapacityFieldProps {
  holder: Holder;
  registration: UseFormRegisterReturn;
  error: FieldError | undefined;
}

export function CapacityField({ holder, registration, error }: CapacityFieldProps) {
  return (
    <Field
      label="Capacity"
      optional
      error={error?.message}
      hint={`The most ${held[holder]} that it takes. Empty: no limit.`}
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
