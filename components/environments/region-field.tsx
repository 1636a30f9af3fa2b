"use client";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { regionOptions, type Region } from "./regions";

interface RegionFieldProps {
  /** As a form's controller gives it. */
  field: { value: Region | null; onChange: (region: Region) => void; onBlur: () => void };
  error: string | undefined;
  /** What the region decides. */
  hint: string;
}

/** One of the regions that there are. */
export function RegionField({ field, error, hint }: RegionFieldProps) {
  return (
    <Field label="Region" error={error} hint={hint}>
      <Select
        value={field.value}
        onValueChange={field.onChange}
        onBlur={field.onBlur}
        options={regionOptions}
      />
    </Field>
  );
}
