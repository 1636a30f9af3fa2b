"use client";

import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { authRequest } from "./auth-request";
import { createFirstOrganization } from "./create-organization";
import { emailRules, newPasswordRules, useAuthForm } from "./use-auth-form";

interface SignUpFormProps {
  submitLabel: string;
}

/** A person, their organization and its default environment. Goes to the environment, which turns active there. */
export function SignUpForm({ submitLabel }: SignUpFormProps) {
  const { form, refusal, busy, onSubmit } = useAuthForm(
    { name: "", email: "", password: "", organization: "" },
    async ({ organization, ...person }) => {
      const signedUp = await authRequest("/sign-up/email", person);
      if (!signedUp.ok) return signedUp;
      const created = await createFirstOrganization(organization);
      // The account exists either way; without an organization the next page offers to make one.
      window.location.assign(
        created.ok
          ? paths.environment(created.data.organization.slug, created.data.environment.slug)
          : paths.newOrganization(),
      );
      return { ok: true };
    },
  );
  const { errors } = form.formState;
  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-4">
      <Field label="Your name" error={errors.name?.message} required>
        <Input
          autoComplete="name"
          autoFocus
          {...form.register("name", {
            required: "Enter your name.",
            maxLength: { value: 255, message: "A name has at most 255 characters." },
          })}
        />
      </Field>
      <Field label="E-mail" error={errors.email?.message} required>
        <Input type="email" autoComplete="username" {...form.register("email", emailRules)} />
      </Field>
      <Field label="Password" error={errors.password?.message} hint="At least 10 characters." required>
        <PasswordInput autoComplete="new-password" {...form.register("password", newPasswordRules)} />
      </Field>
      <Field
        label="Organization"
        error={errors.organization?.message}
        hint="It gets a production environment with a database of its own."
        required
      >
        <Input
          autoComplete="organization"
          {...form.register("organization", {
            required: "Give your organization a name.",
            maxLength: { value: 255, message: "A name has at most 255 characters." },
          })}
        />
      </Field>
      <FormError message={refusal} />
      <Button type="submit" variant="primary" loading={busy} loadingLabel="Creating…">
        {submitLabel}
      </Button>
    </form>
  );
}
