"use client";

import type { Route } from "next";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { TextLink } from "@/components/ui/text-link";
import { authRequest } from "./auth-request";
import { emailRules, useAuthForm } from "./use-auth-form";

interface SignInFormProps {
  next: Route;
  /** Only a mail server can help with a forgotten password. */
  sendsMail: boolean;
}

export function SignInForm({ next, sendsMail }: SignInFormProps) {
  const { form, refusal, busy, onSubmit } = useAuthForm({ email: "", password: "" }, async (values) => {
    const outcome = await authRequest("/sign-in/email", values);
    if (outcome.ok) window.location.assign(next);
    return outcome;
  });
  const { errors } = form.formState;
  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-4">
      <Field label="E-mail" error={errors.email?.message} required>
        <Input type="email" autoComplete="username" autoFocus {...form.register("email", emailRules)} />
      </Field>
      <Field
        label="Password"
        error={errors.password?.message}
        required
        aside={sendsMail && <TextLink href={paths.forgotPassword()}>Forgot it?</TextLink>}
      >
        <PasswordInput
          autoComplete="current-password"
          {...form.register("password", { required: "Enter your password." })}
        />
      </Field>
      <FormError message={refusal} />
      <Button type="submit" variant="primary" loading={busy} loadingLabel="Signing in…">
        Sign in
      </Button>
    </form>
  );
}
