"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { authRequest } from "@/components/auth/auth-request";
import { newPasswordRules } from "@/components/auth/use-auth-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { PasswordInput } from "@/components/ui/password-input";
import { sessionsQuery } from "./sessions";

const empty = { currentPassword: "", newPassword: "" };

/** Another password; whoever else is signed in with the old one is out. */
export function PasswordForm({ email }: { email: string }) {
  const queryClient = useQueryClient();
  const form = useForm({ mode: "onTouched", defaultValues: empty });
  const [refusal, setRefusal] = useState<string | null>(null);
  const [changed, setChanged] = useState(false);
  const { errors, isSubmitting } = form.formState;

  const onSubmit = form.handleSubmit(async (values) => {
    setRefusal(null);
    setChanged(false);
    const outcome = await authRequest("/change-password", { ...values, revokeOtherSessions: true });
    if (!outcome.ok) {
      if (outcome.code === "INVALID_PASSWORD")
        form.setError("currentPassword", { message: outcome.message }, { shouldFocus: true });
      else setRefusal(outcome.message);
      return;
    }
    form.reset(empty);
    setChanged(true);
    await queryClient.invalidateQueries(sessionsQuery);
  });

  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)}>
      <Panel
        title="Password"
        description="Changing it signs you out everywhere else. API keys stay valid."
        footer={
          <>
            {changed && (
              <span role="status" className="mr-auto text-xs text-muted">
                Changed. Your other sessions have ended.
              </span>
            )}
            <Button type="submit" variant="primary" loading={isSubmitting} loadingLabel="Changing password…">
              Change password
            </Button>
          </>
        }
      >
        <div className="flex max-w-md flex-col gap-4">
          <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
          <Field label="Current password" error={errors.currentPassword?.message} required>
            <PasswordInput
              autoComplete="current-password"
              {...form.register("currentPassword", { required: "Enter your current password." })}
            />
          </Field>
          <Field
            label="New password"
            hint="At least 10 characters."
            error={errors.newPassword?.message}
            required
          >
            <PasswordInput
              autoComplete="new-password"
              {...form.register("newPassword", {
                ...newPasswordRules,
                validate: (value, values) =>
                  value !== values.currentPassword || "Choose another one than the current.",
              })}
            />
          </Field>
          <FormError message={refusal} />
        </div>
      </Panel>
    </form>
  );
}
