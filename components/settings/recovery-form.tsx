"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";

const most = 90;

/** For how many days what is deleted can be had back. */
export function RecoveryForm({ days }: { days: number }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? String(days);
  const wanted = text.trim() === "" ? Number.NaN : Number(text);
  const mistake = mistakeIn(wanted);
  const save = useMutation(
    trpc.settings.setRecoveryDays.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.settings.pathFilter());
        setDraft(null);
      },
    }),
  );
  const refusal = refusalOf(save.error);
  const isChanged = wanted !== days;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!mistake && isChanged && !save.isPending) save.mutate({ days: wanted });
  }

  return (
    <form method="post" noValidate onSubmit={submit}>
      <Panel
        title="Recovery"
        description="How long a deleted environment can be recovered before its database is dropped."
        footer={
          <>
            {save.isSuccess && !isChanged && (
              <span role="status" className="mr-auto text-xs text-muted">
                Saved. It holds for what is deleted from now on.
              </span>
            )}
            <Button
              type="submit"
              variant="primary"
              loading={save.isPending}
              loadingLabel="Saving…"
              disabledReason={mistake ?? (isChanged ? null : "Nothing has changed")}
            >
              Save
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <Field label="Days" hint={meaningOf(wanted)} error={mistake ?? undefined} required>
            <Input
              inputMode="numeric"
              autoComplete="off"
              className="max-w-24"
              value={text}
              onChange={(event) => setDraft(event.target.value)}
            />
          </Field>
          <FormError
            message={refusal?.message}
            {...(refusal?.requestId ? { requestId: refusal.requestId } : {})}
          />
        </div>
      </Panel>
    </form>
  );
}

function mistakeIn(days: number): string | null {
  return Number.isInteger(days) && days >= 0 && days <= most
    ? null
    : `Give a whole number of days, from 0 to ${most}.`;
}

function meaningOf(days: number): string {
  if (mistakeIn(days)) return "What is deleted already keeps the days that it was given.";
  if (days === 0)
    return "Deleting is for good at once: the database is dropped and nothing can be recovered.";
  const time = days === 1 ? "a day" : `${days} days`;
  return `Services are refused at once. For ${time} its admins can recover it; then the database is dropped for good. What is deleted already keeps the days that it was given.`;
}
