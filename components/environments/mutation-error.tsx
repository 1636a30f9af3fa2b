"use client";

import type { ApiError } from "@/components/api/explain";
import { refusalOf } from "@/components/api/refusal";
import { FormError } from "@/components/ui/form-error";

/** What did not work, beside the button that asked for it. */
export function MutationError({ error }: { error: ApiError | null }) {
  const refusal = refusalOf(error);
  return <FormError message={refusal?.message} requestId={refusal?.requestId} />;
}
