"use client";

import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { PasswordInput } from "@/components/ui/password-input";
import { authRequest } from "./auth-request";
import { newPasswordRules, useAuthForm } from "./use-auth-form";

export function ResetPasswordForm({ token }: { token: string }) {
  const { form, refusal, busy, onSubmit } = useAuthForm({ newPassword: "" }, async ({ newPassword }) => {
    const outcome = await authRequest("/reset-password", { newPassword, token });
    if (outcome.ok) window.location.assign(paths.signIn());
    return outcome;
  });
  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-4">
      <Field
        label="New password"
        error={form.formState.errors.newPassword?.message}
        hint="At least 10 characters."
        required
      >
        <PasswordInput
          autoComplete="new-password"
          autoFocus
          {...form.register("newPassword", newPasswordRules)}
        />
      </Field>
      <FormError message={refusal} />
      <Button type="submit" variant="primary" loading={busy} loadingLabel="Saving…">
        Save and sign in
      </Button>
    </form>
  );
}
