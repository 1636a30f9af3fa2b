"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { FormDialog } from "@/components/forms/form-dialog";
import { NameField } from "@/components/forms/name-fields";
import { nameRules } from "@/components/forms/name-rules";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { Field } from "@/components/ui/field";
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
  const form = useForm<Values>({ mode: "onTouched", defaultValues: fresh });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const add = useMutation(
    trpc.services.add.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.services.pathFilter()),
      onError: refuse,
    }),
  );
  const onSubmit = submit(({ days, name, ...values }) => {
    add.mutate({ ...values, name: name.trim(), days: days.trim() === "" ? null : Number(days) });
  });
  if (add.data) return <KeyOnce added={add.data} open={open} onClose={onClose} />;
  const { errors } = form.formState;
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Add service"
      description="Its key is shown once, right after this."
      onSubmit={onSubmit}
      submitLabel="Add service"
      busyLabel="Adding service…"
      busy={add.isPending}
      refusal={refusal}
    >
      <NameField
        registration={form.register("name", nameRules)}
        error={errors.name}
        hint="As your team calls it."
        placeholder="Billing"
      />
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
    </FormDialog>
  );
}

function checkDays(text: string): true | string {
  if (text.trim() === "") return true;
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1) return "Give a whole number of days, at least one.";
  return days <= longest || "A key lives at most two years.";
}
