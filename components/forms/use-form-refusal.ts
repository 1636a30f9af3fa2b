"use client";

import { useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { explain, type ApiError } from "@/components/api/explain";
import type { Refusal } from "@/components/api/refusal";

interface Refused {
  message: string;
  requestId: string | null;
  fields: { path: string; message: string }[];
}

/** A field of the form: its values were just seen to have it. */
function fieldOf<Values extends FieldValues>(path: string) {
  return path as Path<Values>;
}

/**
 * What the server refuses of a form: what concerns a field stands beside it, and `refusal` is
 * what is left for the form as a whole, null when every word has found its field. `submit`
 * wraps what is done with valid values and forgets what was refused before.
 */
export function useFormRefusal<Values extends FieldValues>(form: UseFormReturn<Values>) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  function show({ message, requestId, fields }: Refused) {
    const known = fields.filter(({ path }) => path in form.getValues());
    known.forEach((field, index) =>
      form.setError(fieldOf<Values>(field.path), { message: field.message }, { shouldFocus: index === 0 }),
    );
    const isSaid = known.length > 0 && known.length === fields.length;
    setRefusal(isSaid ? null : { message, ...(requestId ? { requestId } : {}) });
  }

  return {
    refusal,
    show,
    refuse: (error: ApiError) => show(explain(error)),
    submit: (save: (values: Values) => unknown) =>
      form.handleSubmit((values) => {
        setRefusal(null);
        return save(values);
      }),
  };
}
