"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useForm, useWatch } from "react-hook-form";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { FormDialog } from "@/components/forms/form-dialog";
import { NameField } from "@/components/forms/name-fields";
import { nameRules } from "@/components/forms/name-rules";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SecretBox } from "@/components/ui/secret-box";
import { Time } from "@/components/ui/time";

type Created = ApiOutputs["apiKeys"]["create"];

const day = 24 * 3600 * 1000;
const longest = 730;

interface CreateApiKeyDialogProps {
  open: boolean;
  onClose: () => void;
}

/** Asks for a name and a life, makes the key and shows it once. */
export function CreateApiKeyDialog({ open, onClose }: CreateApiKeyDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useForm({ mode: "onTouched", defaultValues: { name: "", days: 90 } });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.apiKeys.pathFilter()),
      onError: refuse,
    }),
  );
  const created = create.data;
  const { errors } = form.formState;
  const days = useWatch({ control: form.control, name: "days" });
  const onSubmit = submit((values) => create.mutate(values));
  if (created) {
    return (
      <Dialog
        open={open}
        onOpenChange={(next) => !next && onClose()}
        sticky
        size="lg"
        title="Your new key"
        footer={
          <Button variant="primary" onClick={onClose}>
            I have kept it
          </Button>
        }
      >
        <KeyOnce created={created} />
      </Dialog>
    );
  }
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Create API key"
      description="It may do what you may do. The key is shown once, right after this."
      onSubmit={onSubmit}
      submitLabel="Create key"
      busyLabel="Creating key…"
      busy={create.isPending}
      refusal={refusal}
    >
      <NameField
        registration={form.register("name", nameRules)}
        error={errors.name}
        hint="What uses it, so that you know what stops when you revoke it."
        placeholder="Build pipeline"
      />
      <Field
        label="Days until it expires"
        hint={<Expiry days={days} />}
        error={errors.days?.message}
        required
      >
        <Input
          type="number"
          inputMode="numeric"
          min={1}
          max={longest}
          className="max-w-32"
          {...form.register("days", {
            valueAsNumber: true,
            validate: (value) => Number.isInteger(value) || "Give it a whole number of days.",
            min: { value: 1, message: "A key lives at least one day." },
            max: { value: longest, message: "A key lives at most two years." },
          })}
        />
      </Field>
    </FormDialog>
  );
}

function Expiry({ days }: { days: number }) {
  if (!Number.isInteger(days) || days < 1 || days > longest) return `Between 1 and ${longest}.`;
  const end = new Date(Date.now() + days * day);
  return `It ends on ${new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" }).format(end)}.`;
}

function KeyOnce({ created }: { created: Created }) {
  const command = `freehold login --url ${window.location.origin} --api-key ${created.key}`;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <SecretBox
        secret={created.key}
        label={created.name}
        note="Freehold keeps a fingerprint of it only: it is not shown again."
        fileName={`freehold-key-${created.start}.txt`}
      />
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className="text-table text-muted">Sign the command line in with it:</p>
        <CodeBlock inline code={command} />
      </div>
      <p className="text-xs text-faint">
        It ends <Time value={created.expiresAt} />, or when you revoke it.
      </p>
    </div>
  );
}
