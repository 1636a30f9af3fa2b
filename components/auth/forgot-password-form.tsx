"use client";

import { useState } from "react";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { authRequest } from "./auth-request";
import { emailRules, useAuthForm } from "./use-auth-form";

export function ForgotPasswordForm() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { form, refusal, busy, onSubmit } = useAuthForm({ email: "" }, async ({ email }) => {
    const outcome = await authRequest("/request-password-reset", {
      email,
      redirectTo: paths.resetPassword("").split("?")[0],
    });
    if (outcome.ok) setSentTo(email);
    return outcome;
  });
  if (sentTo) {
    return (
      <p role="status" className="text-table text-muted">
        If there is an account for <span className="text-ink">{sentTo}</span>, a link is on its way. It works
        for an hour.
      </p>
    );
  }
  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-4">
      <Field label="E-mail" error={form.formState.errors.email?.message} required>
        <Input type="email" autoComplete="username" autoFocus {...form.register("email", emailRules)} />
      </Field>
      <FormError message={refusal} />
      <Button type="submit" variant="primary" loading={busy} loadingLabel="Sending…">
        Send a link
      </Button>
    </form>
  );
}
