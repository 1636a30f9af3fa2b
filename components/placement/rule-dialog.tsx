"use client";

import { useMutation } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import type { ApiError } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { FormDialog } from "@/components/forms/form-dialog";
import { NameField } from "@/components/forms/name-fields";
import { nameRules } from "@/components/forms/name-rules";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { Rule } from "./placement-words";
import { any, formOf, inputOf, matchOptions, type RuleForm } from "./rule-form";
import { RuleSummary } from "./rule-summary";
import { useTargets } from "./use-targets";
import { usePlacementRefresh } from "./use-placement-refresh";

interface RuleDialogProps {
  /** What is changed; null for a new one. */
  rule: Rule | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const selects = [
  { name: "envType", label: "Environment type" },
  { name: "tier", label: "Tier" },
  { name: "region", label: "Region" },
  { name: "fence", label: "Residency" },
] as const;

/** Whom a rule is for and where it leads. */
export function RuleDialog({ rule, open, onOpenChange }: RuleDialogProps) {
  const targets = useTargets(rule);
  const form = useForm<RuleForm>({ mode: "onTouched", defaultValues: formOf(rule) });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const { save, busy } = useSave(rule, { onError: refuse, onSaved: () => onOpenChange(false) });
  const { errors } = form.formState;
  const onSubmit = submit((values) => save(inputOf(values, rule)));
  return (
    <FormDialog
      open={open}
      onClose={() => onOpenChange(false)}
      title={
        rule ? (
          <>
            Edit <bdi>{rule.name}</bdi>
          </>
        ) : (
          "Add rule"
        )
      }
      description={rule ? "It keeps its place in the order." : "It comes after the rules that are there."}
      onSubmit={onSubmit}
      submitLabel={rule ? "Save rule" : "Add rule"}
      busyLabel={rule ? "Saving rule…" : "Adding rule…"}
      busy={busy}
      refusal={refusal}
    >
      <NameField
        registration={form.register("name", nameRules)}
        error={errors.name}
        placeholder="Production on Postgres"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {selects.map(({ name, label }) => (
          <Controller
            key={name}
            control={form.control}
            name={name}
            render={({ field }) => (
              <Field label={label}>
                <Select
                  value={field.value ?? any}
                  onValueChange={field.onChange}
                  onBlur={field.onBlur}
                  options={matchOptions[name]}
                />
              </Field>
            )}
          />
        ))}
      </div>
      <Controller
        control={form.control}
        name="cluster"
        rules={{ validate: (target) => target !== "" || "Choose where it leads." }}
        render={({ field, fieldState }) => (
          <Field label="Leads to" error={fieldState.error?.message} required>
            <Select
              value={field.value || null}
              onValueChange={field.onChange}
              onBlur={field.onBlur}
              options={targets}
              placeholder="A cluster, or the best one of a driver"
            />
          </Field>
        )}
      />
      <RuleSummary form={form} targets={targets} />
    </FormDialog>
  );
}

interface SaveOptions {
  onError: (error: ApiError) => void;
  onSaved: () => void;
}

function useSave(rule: Rule | null, { onError, onSaved }: SaveOptions) {
  const trpc = useTRPC();
  const refresh = usePlacementRefresh();
  const handlers = {
    onSuccess: async () => {
      await refresh();
      onSaved();
    },
    onError,
  };
  const add = useMutation(trpc.placement.addRule.mutationOptions(handlers));
  const update = useMutation(trpc.placement.updateRule.mutationOptions(handlers));
  return {
    save(input: ReturnType<typeof inputOf>) {
      if (rule) update.mutate({ ...input, rule: rule.id });
      else add.mutate(input);
    },
    busy: add.isPending || update.isPending,
  };
}
