import type { FieldValues, Path, UseFormReturn } from "react-hook-form";

interface Refusal {
  message: string;
  fields: { path: string; message: string }[];
}

/** A field of the form: its values were just seen to have it. */
function fieldOf<Values extends FieldValues>(path: string) {
  return path as Path<Values>;
}

/**
 * Puts what the server refused next to the fields that it concerns. Returns what belongs to
 * none of them, for the form as a whole; null when every word has found its field.
 */
export function showFieldErrors<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  refusal: Refusal,
): string | null {
  const known = refusal.fields.filter(({ path }) => path in form.getValues());
  known.forEach(({ path, message }, index) =>
    form.setError(fieldOf<Values>(path), { message }, { shouldFocus: index === 0 }),
  );
  return known.length > 0 && known.length === refusal.fields.length ? null : refusal.message;
}
