"use client";

import { ChevronRight } from "lucide-react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { issuerAlgorithms } from "@/server/domain/resolution/names";
import type { AskedText } from "./examples";

interface IssuerFieldsProps {
  text: AskedText;
  onText: (changed: Partial<AskedText>) => void;
}

const algorithms = issuerAlgorithms.map((value) => ({ value, label: value }));

/** Another issuer whose tokens the service takes. Its keys are pasted, as nothing is fetched. */
export function IssuerFields({ text, onText }: IssuerFieldsProps) {
  return (
    <details className="group min-w-0 border-t border-line pt-3">
      <summary className="flex w-fit list-none items-center gap-1 rounded-sm text-table text-muted hover:text-ink">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 transition-transform group-open:rotate-90"
        />
        Tokens of another issuer
      </summary>
      <div className="flex min-w-0 flex-col gap-4 pt-3">
        <Field label="Issuer" optional hint="As its tokens name it. Freehold’s own are taken anyway.">
          <Input
            mono
            dir="ltr"
            placeholder="https://login.example.com"
            value={text.issuer}
            onChange={(event) => onText({ issuer: event.target.value })}
          />
        </Field>
        <Field label="Its keys" optional hint="The key set that it publishes. Nothing is fetched.">
          <Textarea
            mono
            dir="ltr"
            spellCheck={false}
            placeholder={'{"keys": […]}'}
            value={text.keys}
            onChange={(event) => onText({ keys: event.target.value })}
          />
        </Field>
        <Field label="Signs by">
          <Select
            value={text.algorithm}
            onValueChange={(algorithm) => onText({ algorithm })}
            options={algorithms}
          />
        </Field>
      </div>
    </details>
  );
}
