"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { AskedText } from "./examples";
import type { ResolveState } from "./resolve-params";
import { kindOptions } from "./resolve-words";

interface RequestFieldsProps {
  state: ResolveState;
  text: AskedText;
  wrong: string | null;
  isAsking: boolean;
  onState: (changed: Partial<ResolveState>) => void;
  onText: (changed: Partial<AskedText>) => void;
}

/** What came in. Commands and headers stay out of the address, as they may hold tokens. */
export function RequestFields({ state, text, wrong, isAsking, onState, onText }: RequestFieldsProps) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Field label="What came in">
        <Select value={state.as} onValueChange={(as) => onState({ as })} options={kindOptions} />
      </Field>
      {state.as === "curl" && (
        <Field label="Command" hint="As documents print it and browsers copy it. It is read and never run.">
          <Textarea
            mono
            rows={6}
            dir="ltr"
            spellCheck={false}
            autoComplete="off"
            value={text.curl}
            onChange={(event) => onText({ curl: event.target.value })}
            placeholder={"curl https://api.example.com/orders \\\n  -H 'Authorization: Bearer …'"}
          />
        </Field>
      )}
      {state.as === "hints" && (
        <Field
          label="Hints"
          hint="One a line: its source, trusted, untrusted, malformed or ignored, and what it said."
        >
          <Textarea
            mono
            rows={4}
            dir="ltr"
            spellCheck={false}
            value={state.hints}
            onChange={(event) => onState({ hints: event.target.value })}
            placeholder={"token trusted 0198b1f0-…\nheader untrusted acme"}
          />
        </Field>
      )}
      {state.as !== "curl" && state.as !== "hints" && <Parts state={state} text={text} onText={onText} />}
      <FormError message={wrong} />
      <Button
        type="submit"
        variant="primary"
        loading={isAsking}
        loadingLabel="Explaining…"
        className="self-start"
      >
        Explain
      </Button>
    </div>
  );
}

const targets: Record<string, { label: string; placeholder: string; headers: string; example: string }> = {
  http: {
    label: "Address or path",
    placeholder: "https://acme.example.com/orders",
    headers: "Headers",
    example: "X-Tenant-Id: 0198b1f0-…",
  },
  grpc: {
    label: "Method of the service",
    placeholder: "/shop.Orders/List",
    headers: "Metadata",
    example: "tenant-id: 0198b1f0-…",
  },
  message: {
    label: "Queue or topic",
    placeholder: "orders",
    headers: "Message headers",
    example: "tenant-id: 0198b1f0-…",
  },
};

function Parts({ state, text, onText }: Pick<RequestFieldsProps, "state" | "text" | "onText">) {
  const words = targets[state.as];
  if (!words) return null;
  return (
    <>
      {state.as === "http" && (
        <Field label="Method">
          <Input mono value={text.method} onChange={(event) => onText({ method: event.target.value })} />
        </Field>
      )}
      <Field label={words.label}>
        <Input
          mono
          dir="ltr"
          value={text.target}
          placeholder={words.placeholder}
          onChange={(event) => onText({ target: event.target.value })}
        />
      </Field>
      <Field label={words.headers} hint="One a line.">
        <Textarea
          mono
          rows={4}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          value={text.headers}
          placeholder={words.example}
          onChange={(event) => onText({ headers: event.target.value })}
        />
      </Field>
    </>
  );
}
