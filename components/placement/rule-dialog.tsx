"use client";

import { useMutation } from "@tanstack/react-query";
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
  const formId = useId();
  const targets = useTargets(rule);
  const form = useForm<RuleForm>({ mode: "onTouched", defaultValues: formOf(rule) });
  const { save, busy, refused } = useSave(rule, {
    onError: (refusal) => showFieldErrors(form, refusal),
    onSaved: () => onOpenChange(false),
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) => save(inputOf(values, rule)));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
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
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            loading={busy}
            loadingLabel={rule ? "Saving rule…" : "Adding rule…"}
          >
            {rule ? "Save rule" : "Add rule"}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <Field label="Name" error={errors.name?.message} required>
          <Input
            autoComplete="off"
            placeholder="Production on Postgres"
            {...form.register("name", nameRules)}
          />
        </Field>
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
        <FormError message={refused?.message} requestId={refused?.requestId ?? undefined} />
      </form>
    </Dialog>
  );
}

interface SaveOptions {
  /** Puts what concerns a field beside it; returns what is left to say. */
  onError: (refusal: ReturnType<typeof explain>) => string | null;
  onSaved: () => void;
}

function useSave(rule: Rule | null, { onError, onSaved }: SaveOptions) {
  const trpc = useTRPC();
  const refresh = usePlacementRefresh();
  const [refused, setRefused] = useState<{ message: string; requestId: string | null } | null>(null);
  const handlers = {
    onSuccess: async () => {
      await refresh();
      onSaved();
    },
    onError: (error: Parameters<typeof explain>[0]) => {
      const refusal = explain(error);
      const message = onError(refusal);
      setRefused(message === null ? null : { message, requestId: refusal.requestId });
    },
  };
  const add = useMutation(trpc.placement.addRule.mutationOptions(handlers));
  const update = useMutation(trpc.placement.updateRule.mutationOptions(handlers));
  return {
    save(input: ReturnType<typeof inputOf>) {
      setRefused(null);
      if (rule) update.mutate({ ...input, rule: rule.id });
      else add.mutate(input);
    },
    busy: add.isPending || update.isPending,
    refused,
  };
}
