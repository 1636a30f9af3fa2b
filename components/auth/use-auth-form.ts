"use client";

import { useState } from "react";
import { useForm, type DefaultValues, type FieldValues } from "react-hook-form";

/** A form of the entrance: checked on blur and on submit, with one place for what concerns it as a whole. */
export function useAuthForm<Values extends FieldValues>(
  defaultValues: DefaultValues<Values>,
  submit: (values: Values) => Promise<{ ok: true } | { ok: false; message: string }>,
) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [leaving, setLeaving] = useState(false);
  const form = useForm<Values>({ mode: "onTouched", defaultValues });
  const onSubmit = form.handleSubmit(async (values) => {
    setRefusal(null);
    const outcome = await submit(values);
    if (outcome.ok) setLeaving(true);
    else setRefusal(outcome.message);
  });
  return { form, refusal, busy: form.formState.isSubmitting || leaving, onSubmit };
}

export const emailRules = {
  required: "Enter an e-mail address.",
  pattern: { value: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, message: "This is not an e-mail address." },
};

export const newPasswordRules = {
  required: "Choose a password.",
  minLength: { value: 10, message: "The password needs at least 10 characters." },
  maxLength: { value: 128, message: "The password has at most 128 characters." },
};
