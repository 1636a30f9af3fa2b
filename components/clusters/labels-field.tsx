"use client";

import type { FieldError, UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";

interface LabelsFieldProps {
  registration: UseFormRegisterReturn;
  error: FieldError | undefined;
}

export function LabelsField({ registration, error }: LabelsFieldProps) {
  return (
    <Field label="Labels" optional error={error?.message} hint="One on each line, as name=value.">
      <Textarea mono rows={2} spellCheck={false} placeholder="disk=nvme" {...registration} />
    </Field>
  );
}
