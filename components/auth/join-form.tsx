"use client";

import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { acceptInvitation } from "./accept-invitation";
import { authRequest } from "./auth-request";
import { newPasswordRules, useAuthForm } from "./use-auth-form";

interface JoinFormProps {
  invitation: string;
  token: string;
  email: string;
  organization: string;
}

/** Signs the invited address up and accepts at once. */
export function JoinForm({ invitation, token, email, organization }: JoinFormProps) {
  const { form, refusal, busy, onSubmit } = useAuthForm({ name: "", password: "" }, async (values) => {
    const proof = { "x-freehold-invitation": `${invitation}.${token}` };
    const signedUp = await authRequest("/sign-up/email", { ...values, email }, proof);
    if (!signedUp.ok) return signedUp;
    const accepted = await acceptInvitation(invitation, token);
    if (!accepted.ok) return accepted;
    window.location.assign(paths.organization(accepted.data.organization.slug));
    return { ok: true };
  });
  const { errors } = form.formState;
  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-4">
      <Field label="E-mail" hint="The invitation is for this address.">
        <Input type="email" value={email} readOnly autoComplete="username" />
      </Field>
      <Field label="Your name" error={errors.name?.message} required>
        <Input autoComplete="name" autoFocus {...form.register("name", { required: "Enter your name." })} />
      </Field>
      <Field label="Password" error={errors.password?.message} hint="At least 10 characters." required>
        <PasswordInput autoComplete="new-password" {...form.register("password", newPasswordRules)} />
      </Field>
      <FormError message={refusal} />
      <Button type="submit" variant="primary" loading={busy} loadingLabel="Joining…">
        Join {organization}
      </Button>
    </form>
  );
}
