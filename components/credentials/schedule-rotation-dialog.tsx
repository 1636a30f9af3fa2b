"use client";

import { useMutation } from "@tanstack/react-query";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { FormDialog } from "@/components/forms/form-dialog";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { CredentialDialogProps } from "./credential-dialog";
import { useCredentialRefresh } from "./use-credential-refresh";

const longest = 730;

/** Sets after how many days the credential of services rotates by itself; an empty field means never. */
export function ScheduleRotationDialog({ environment, credential, open, onClose }: CredentialDialogProps) {
  const trpc = useTRPC();
  const refresh = useCredentialRefresh();
  const form = useForm({
    mode: "onTouched",
    defaultValues: {
      everyDays: credential.rotateEveryDays === null ? "" : String(credential.rotateEveryDays),
    },
  });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const schedule = useMutation(
    trpc.credentials.schedule.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
      onError: refuse,
    }),
  );
  const onSubmit = submit(({ everyDays }) =>
    schedule.mutate({
      environment: environment.id,
      credential: credential.id,
      everyDays: everyDays.trim() === "" ? null : Number(everyDays),
    }),
  );
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title={
        <>
          Schedule the rotation of <bdi>{credential.name}</bdi>
        </>
      }
      description="Each rotation makes a new secret that services fetch by themselves; the old one works for a while beside it."
      onSubmit={onSubmit}
      submitLabel="Save schedule"
      busyLabel="Saving schedule…"
      busy={schedule.isPending}
      refusal={refusal}
    >
      <Field
        label="Days between rotations"
        optional
        hint="Left empty, it rotates only when somebody asks for it."
        error={form.formState.errors.everyDays?.message}
      >
        <Input
          type="number"
          inputMode="numeric"
          min={1}
          max={longest}
          className="max-w-32"
          {...form.register("everyDays", {
            validate: (text) =>
              text.trim() === "" ||
              (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= longest) ||
              `Give it a whole number of days from 1 to ${longest}.`,
          })}
        />
      </Field>
    </FormDialog>
  );
}
