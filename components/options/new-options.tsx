"use client";

import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { FormDialog } from "@/components/forms/form-dialog";
import { paths } from "@/components/paths";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { optionsLimits, optionsNameShape } from "@/server/domain/options/names";

interface NewOptionsProps {
  environment: EnvironmentDetail;
  open: boolean;
  onClose: () => void;
}

/** Asks how the service calls the set, and goes to its page. Nothing is made before something is saved there. */
export function NewOptions({ environment, open, onClose }: NewOptionsProps) {
  const router = useRouter();
  const { register, handleSubmit, formState } = useForm({ mode: "onTouched", defaultValues: { name: "" } });
  const submit = handleSubmit(({ name }) =>
    router.push(paths.optionsSet(environment.organization.slug, environment.slug, name.trim())),
  );
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Add options"
      description="For a service that has not published its options. Those that have are in the list."
      onSubmit={submit}
      submitLabel="Go on"
    >
      <Field
        label="Name"
        hint="As the service calls it in its code."
        error={formState.errors.name?.message}
        required
      >
        <Input
          mono
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="checkout"
          {...register("name", {
            validate: (text) =>
              optionsNameShape.test(text.trim()) ||
              "Use lower-case letters and digits, joined by single dots or dashes.",
            maxLength: {
              value: optionsLimits.nameLength,
              message: `A name has at most ${optionsLimits.nameLength} characters.`,
            },
          })}
        />
      </Field>
    </FormDialog>
  );
}
