"use client";

import { useRef } from "react";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";
import { slugFor } from "@/server/domain/environments/names";
import { nameRules, slugRules } from "./name-rules";

/** The form's slug, which is text. */
function slugValue<Values extends FieldValues>(slug: string) {
  return slug as PathValue<Values, Path<Values>>;
}

/** The name of the field in every form that has one. */
function slugField<Values extends FieldValues>() {
  return "slug" as Path<Values>;
}

interface Changed {
  target: { value: string };
}

/**
 * What a form's `name` and `slug` are registered with. The slug keeps in step with the name until
 * someone edits it; emptied, it follows the name again.
 */
export function useNameAndSlug<Values extends FieldValues & { slug: string }>(
  form: UseFormReturn<Values>,
  onName?: (name: string) => void,
) {
  const isOwn = useRef(false);

  function propose(name: string) {
    if (isOwn.current) return;
    // What was proposed while the name is still being typed is no one's mistake yet.
    const shouldValidate = form.formState.isSubmitted;
    form.setValue(slugField<Values>(), slugValue<Values>(slugFor(name)), { shouldValidate });
    if (!shouldValidate) form.clearErrors(slugField<Values>());
  }

  return {
    name: {
      ...nameRules,
      onChange({ target }: Changed) {
        propose(target.value);
        onName?.(target.value);
      },
    },
    slug: {
      ...slugRules,
      onChange({ target }: Changed) {
        isOwn.current = target.value !== "";
      },
    },
  };
}
