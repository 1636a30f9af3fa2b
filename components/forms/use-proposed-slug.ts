"use client";

import { useRef } from "react";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";
import { slugFor } from "@/server/domain/environments/names";

/** The form's slug, which is text. */
function slugValue<Values extends FieldValues>(slug: string) {
  return slug as PathValue<Values, Path<Values>>;
}

/** The name of the field in every form that has one. */
function slugField<Values extends FieldValues>() {
  return "slug" as Path<Values>;
}

/** Keeps the slug in step with the name until someone edits it; emptied, it follows the name again. */
export function useProposedSlug<Values extends FieldValues & { slug: string }>(form: UseFormReturn<Values>) {
  const isOwn = useRef(false);
  return {
    propose(name: string) {
      if (isOwn.current) return;
      // What was proposed while the name is still being typed is no one's mistake yet.
      const shouldValidate = form.formState.isSubmitted;
      form.setValue(slugField<Values>(), slugValue<Values>(slugFor(name)), { shouldValidate });
      if (!shouldValidate) form.clearErrors(slugField<Values>());
    },
    edited(event: { target: { value: string } }) {
      isOwn.current = event.target.value !== "";
    },
  };
}
