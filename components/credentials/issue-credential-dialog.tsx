"use client";

import { useMutation } from "@tanstack/react-query";
import { Controller, useForm, type UseFormReturn } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { FormDialog } from "@/components/forms/form-dialog";
import { NameField } from "@/components/forms/name-fields";
import { nameRules } from "@/components/forms/name-rules";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { Field } from "@/components/ui/field";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { credentialScopes, scopeMeaning, type CredentialScope } from "@/server/domain/credentials/names";
import { sharedScopeRefusal } from "@/server/domain/credentials/state";
import { IssuedDialog } from "./issued-dialog";
import { useCredentialRefresh } from "./use-credential-refresh";

const lives = ["7", "30", "90", "365", "never"] as const;
type Life = (typeof lives)[number];

interface IssueValues {
  name: string;
  scope: CredentialScope;
  life: Life;
}

const lifeWords: Record<Life, string> = {
  "7": "After 7 days",
  "30": "After 30 days",
  "90": "After 90 days",
  "365": "After a year",
  never: "When it is revoked",
};

interface IssueCredentialDialogProps {
  environment: EnvironmentDetail;
  open: boolean;
  onClose: () => void;
}

/** Asks for a name, a scope and a life, issues the credential and shows it once. */
export function IssueCredentialDialog({ environment, open, onClose }: IssueCredentialDialogProps) {
  const trpc = useTRPC();
  const refresh = useCredentialRefresh();
  const form = useForm<IssueValues>({
    mode: "onTouched",
    defaultValues: { name: "", scope: "readwrite", life: "90" },
  });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const issue = useMutation(
    trpc.credentials.issue.mutationOptions({
      onSettled: refresh,
      onError: refuse,
    }),
  );
  if (issue.data) {
    return <IssuedDialog open={open} onClose={onClose} title="Your new credential" issued={issue.data} />;
  }
  const onSubmit = submit(({ name, scope, life }) =>
    issue.mutate({
      environment: environment.id,
      name: name.trim(),
      scope,
      days: life === "never" ? null : Number(life),
    }),
  );
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Issue credential"
      description={
        <>
          It opens the database of <bdi>{environment.name}</bdi>. The secret is shown once, right after this.
        </>
      }
      onSubmit={onSubmit}
      submitLabel="Issue credential"
      busyLabel="Issuing credential…"
      busy={issue.isPending}
      waits
      refusal={refusal}
    >
      <IssueFields form={form} isShared={environment.placement.isolation === "shared"} />
    </FormDialog>
  );
}

interface IssueFieldsProps {
  form: UseFormReturn<IssueValues>;
  /** It opens a pool. */
  isShared: boolean;
}

function IssueFields({ form, isShared }: IssueFieldsProps) {
  return (
    <>
      <NameField
        registration={form.register("name", nameRules)}
        error={form.formState.errors.name}
        hint="What connects with it, so that you know what stops when you revoke it."
        placeholder="Build pipeline"
      />
      <Controller
        control={form.control}
        name="scope"
        render={({ field, fieldState }) => (
          <RadioCards
            legend="Scope"
            name="scope"
            value={field.value}
            onValueChange={field.onChange}
            error={fieldState.error?.message}
            options={credentialScopes.map((value) => ({
              value,
              label: value,
              description: scopeMeaning[value],
              disabledReason: isShared ? sharedScopeRefusal(value) : null,
            }))}
          />
        )}
      />
      <Controller
        control={form.control}
        name="life"
        render={({ field }) => (
          <Field label="Ends" hint="A rotated one lives as long as the one before was meant to.">
            <Select
              value={field.value}
              onValueChange={field.onChange}
              onBlur={field.onBlur}
              options={lives.map((value) => ({ value, label: lifeWords[value] }))}
            />
          </Field>
        )}
      />
    </>
  );
}
