"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { nameRules } from "@/components/forms/name-rules";
import { showFieldErrors } from "@/components/forms/show-field-errors";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { credentialScopes, scopeMeaning, type CredentialScope } from "@/server/domain/credentials/names";
import { serviceScopes, type ServiceScope } from "@/server/domain/services/names";
import { KeyOnce } from "./key-once";
import { ScopeChoice } from "./scope-choice";

const longest = 730;

interface Values {
  name: string;
  scopes: ServiceScope[];
  credentialScope: CredentialScope;
  days: string;
}

const fresh: Values = { name: "", scopes: [...serviceScopes], credentialScope: "readwrite", days: "" };

interface AddServiceDialogProps {
  open: boolean;
  onClose: () => void;
}

/** Asks what the service is and may do, adds it and shows its key once. */
export function AddServiceDialog({ open, onClose }: AddServiceDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
  const form = useForm<Values>({ mode: "onTouched", defaultValues: fresh });
  const [general, setGeneral] = useState<{ message: string; requestId: string | null } | null>(null);
  const add = useMutation(
    trpc.services.add.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.services.pathFilter()),
      onError: (error) => {
        const refusal = explain(error);
        const message = showFieldErrors(form, refusal);
        setGeneral(message === null ? null : { message, requestId: refusal.requestId });
      },
    }),
  );
  const submit = form.handleSubmit(({ days, name, ...values }) => {
    setGeneral(null);
    add.mutate({ ...values, name: name.trim(), days: days.trim() === "" ? null : Number(days) });
  });
  if (add.data) return <KeyOnce added={add.data} open={open} onClose={onClose} />;
  const { errors } = form.formState;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="Add service"
      description="Its key is shown once, right after this."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            loading={add.isPending}
            loadingLabel="Adding service…"
          >
            Add service
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" hint="As your team calls it." error={errors.name?.message} required>
          <Input autoComplete="off" placeholder="Billing" {...form.register("name", nameRules)} />
        </Field>
        <Controller
          control={form.control}
          name="scopes"
          rules={{ validate: (scopes) => scopes.length > 0 || "Choose at least one." }}
          render={({ field, fieldState }) => (
            <ScopeChoice value={field.value} onChange={field.onChange} error={fieldState.error?.message} />
          )}
        />
        <Controller
          control={form.control}
          name="credentialScope"
          render={({ field }) => (
            <RadioCards
              legend="Credentials that it is given"
              name="credentialScope"
              value={field.value}
              onValueChange={field.onChange}
              options={credentialScopes.map((value) => ({
                value,
                label: <span className="font-mono text-xs">{value}</span>,
                description: scopeMeaning[value],
              }))}
            />
          )}
        />
        <Field
          label="Days until the key ends"
          optional
          hint="Empty: until you revoke it."
          error={errors.days?.message}
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            placeholder="365"
            className="max-w-32"
            {...form.register("days", { validate: checkDays })}
          />
        </Field>
        <FormError message={general?.message} requestId={general?.requestId ?? undefined} />
      </form>
    </Dialog>
  );
}

function checkDays(text: string): true | string {
  if (text.trim() === "") return true;
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1) return "Give a whole number of days, at least one.";
  return days <= longest || "A key lives at most two years.";
}
