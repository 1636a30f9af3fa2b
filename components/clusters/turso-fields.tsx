"use client";

import type { UseFormReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { AddClusterValues } from "./add-cluster-values";

/** Which group at Turso it is, and what opens it. */
export function TursoFields({ form }: { form: UseFormReturn<AddClusterValues> }) {
  const { errors } = form.formState;
  return (
    <>
      <Field
        label="Organization at Turso"
        error={errors.tursoOrganization?.message}
        hint="Its slug, as in the address of Turso's console."
        required
      >
        <Input
          mono
          autoComplete="off"
          spellCheck={false}
          placeholder="acme"
          {...form.register("tursoOrganization", {
            validate: (text) => text.trim() !== "" || "Give the slug of the organization.",
          })}
        />
      </Field>
      <Field
        label="Group"
        error={errors.tursoGroup?.message}
        hint="Its location should be in the region below."
        required
      >
        <Input
          mono
          autoComplete="off"
          spellCheck={false}
          placeholder="default"
          {...form.register("tursoGroup", {
            validate: (text) => text.trim() !== "" || "Give the name of the group.",
          })}
        />
      </Field>
      <Field
        label="API token"
        error={errors.apiToken?.message}
        hint="A token of Turso's platform API. Freehold seals it before it is stored, uses it to make and drop databases in the group and tokens for them, and never shows it again."
        required
      >
        <PasswordInput
          noun="token"
          mono
          autoComplete="new-password"
          {...form.register("apiToken", {
            validate: (text) => text.trim().length >= 10 || "Give a token of the platform API.",
          })}
        />
      </Field>
    </>
  );
}
