"use client";

import { useMutation } from "@tanstack/react-query";
import { useId } from "react";
import { useForm } from "react-hook-form";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import type { CredentialDialogProps } from "./credential-dialogs";
import { useCredentialRefresh } from "./use-credential-refresh";

const longest = 730;

/** Sets after how many days the credential of services rotates by itself; an empty field means never. */
export function ScheduleRotationDialog({ environment, credential, open, onClose }: CredentialDialogProps) {
  const trpc = useTRPC();
  const refresh = useCredentialRefresh();
  const formId = useId();
  const { register, handleSubmit, formState, setError } = useForm({
    mode: "onTouched",
    defaultValues: { days: credential.rotateEveryDays === null ? "" : String(credential.rotateEveryDays) },
  });
  const schedule = useMutation(
    trpc.credentials.schedule.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
      onError: (error) => {
        const field = explain(error).fields.find(({ path }) => path === "everyDays");
        if (field) setError("days", { message: field.message });
      },
    }),
  );
  const failed = schedule.error ? explain(schedule.error) : null;
  const general = failed && failed.fields.length === 0 ? failed : null;
  const submit = handleSubmit(({ days }) =>
    schedule.mutate({
      environment: environment.id,
      credential: credential.id,
      everyDays: days.trim() === "" ? null : Number(days),
    }),
  );
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title={
        <>
          Schedule the rotation of <bdi>{credential.name}</bdi>
        </>
      }
      description="Each rotation makes a new secret that services fetch by themselves; the old one works for a while beside it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            loading={schedule.isPending}
            loadingLabel="Saving schedule…"
          >
            Save schedule
          </Button>
        </>
      }
    >
      <form
        method="post"
        id={formId}
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-4"
      >
        <Field
          label="Days between rotations"
          optional
          hint="Left empty, it rotates only when somebody asks for it."
          error={formState.errors.days?.message}
        >
          <Input
            type="number"
            inputMode="numeric"
            min={1}
            max={longest}
            className="max-w-32"
            {...register("days", {
              validate: (text) =>
                text.trim() === "" ||
                (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= longest) ||
                `Give it a whole number of days from 1 to ${longest}.`,
            })}
          />
        </Field>
        <FormError message={general?.message} requestId={general?.requestId ?? undefined} />
      </form>
    </Dialog>
  );
}
