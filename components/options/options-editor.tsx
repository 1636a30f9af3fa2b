"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { GitMerge } from "lucide-react";
import { useState } from "react";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { MutationError } from "@/components/environments/mutation-error";
import { Notice } from "@/components/environments/notice";
import type { EnvironmentDetail } from "@/components/environments/use-environment";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { Tabs } from "@/components/ui/tabs";
import { Textarea } from "@/components/ui/textarea";
import { mergeOptions } from "@/sdk/options/merge-options";
import { fieldMistake, flatFields } from "./flat-fields";
import { OptionsForm } from "./options-form";
import { optionsRefusal } from "./options-refusal";
import { asOptions, textOf, type OptionsDetail } from "./options-words";
import { useDraft, type Draft } from "./use-draft";

interface OptionsEditorProps {
  environment: EnvironmentDetail;
  options: OptionsDetail;
}

/** The overlay as a form where its schema is flat, and as JSON. Saves what was based on the version that was seen. */
export function OptionsEditor({ environment, options }: OptionsEditorProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const draft = useDraft({ version: options.version, value: asOptions(options.value) });
  const [reason, setReason] = useState("");
  const { definition } = options;
  const defaults = asOptions(definition?.defaults ?? {});
  const fields = flatFields(definition?.schema ? asOptions(definition.schema) : null, defaults);
  const save = useMutation(
    trpc.options.set.mutationOptions({
      onSuccess: async ({ version, value }) => {
        draft.load({ version, value: asOptions(value) });
        setReason("");
        const changed = [trpc.options, trpc.audit];
        await Promise.all(changed.map((part) => queryClient.invalidateQueries(part.pathFilter())));
      },
      onError: () => queryClient.invalidateQueries(trpc.options.get.pathFilter()),
    }),
  );
  const refused = refusedOptions(save.error ? explain(save.error).fields : []);
  const overlay = "value" in draft.read ? draft.read.value : null;
  const mistaken = overlay && fields?.find((field) => fieldMistake(field, overlay[field.key]));
  const unfinished = overlay
    ? mistaken && `${mistaken.label} is not right yet`
    : "The overlay is not JSON yet";
  const refusal = optionsRefusal(environment);
  const edit = (text: string) => {
    save.reset();
    draft.setText(text);
  };
  const json = <JsonEditor draft={draft} readOnly={refusal !== null} onChange={edit} />;
  const form = fields && overlay && (
    <OptionsForm
      fields={fields}
      overlay={overlay}
      refused={refused}
      readOnly={refusal !== null}
      onChange={(next) => edit(textOf(next))}
    />
  );
  return (
    <div className="flex min-w-0 flex-col gap-5">
      {draft.isBehind && <Behind options={options} draft={draft} />}
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!overlay || unfinished || refusal) return;
          const change = { name: options.name, value: overlay, expectedVersion: draft.base.version };
          save.mutate({ environment: environment.id, ...change, reason });
        }}
      >
        <Panel
          title="Otherwise here"
          footer={
            <>
              <Field label="Reason" optional className="min-w-0 flex-1 basis-56">
                <Input
                  readOnly={refusal !== null}
                  maxLength={500}
                  value={reason}
                  onChange={({ target }) => setReason(target.value)}
                />
              </Field>
              <Button
                type="submit"
                variant="primary"
                className="self-end"
                loading={save.isPending}
                loadingLabel="Saving…"
                disabledReason={refusal ?? unfinished ?? (draft.isDirty ? null : "Nothing is changed yet")}
              >
                Save
              </Button>
            </>
          }
        >
          {fields ? (
            <Tabs
              label="How to edit"
              items={[
                {
                  value: "form",
                  label: "Form",
                  content: form || <p className="pt-4 text-table text-muted">Put the JSON right first.</p>,
                },
                { value: "json", label: "JSON", content: <div className="pt-4">{json}</div> },
              ]}
            />
          ) : (
            json
          )}
          <div className="mt-4 empty:hidden">
            <MutationError error={save.error} />
          </div>
        </Panel>
      </form>
      {definition && overlay && (
        <CodeBlock title={`What ${definition.service} gets`} code={textOf(mergeOptions(defaults, overlay))} />
      )}
    </div>
  );
}

/** `value.perOrder` by the option that a field of the form is for. */
function refusedOptions(fields: readonly { path: string; message: string }[]): Record<string, string> {
  const named = fields.filter(({ path }) => path.startsWith("value."));
  return Object.fromEntries(named.map(({ path, message }) => [path.slice("value.".length), message]));
}

interface JsonEditorProps {
  draft: Draft;
  readOnly: boolean;
  onChange: (text: string) => void;
}

function JsonEditor({ draft, readOnly, onChange }: JsonEditorProps) {
  return (
    <Field
      label="Overlay"
      hint="Objects are merged with the defaults, lists replace them. What is not named, or is null, stays as the defaults have it."
      error={"problem" in draft.read ? draft.read.problem : undefined}
    >
      <Textarea
        mono
        dir="ltr"
        rows={12}
        spellCheck={false}
        autoComplete="off"
        readOnly={readOnly}
        value={draft.text}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  );
}

function Behind({ options, draft }: { options: OptionsDetail; draft: Draft }) {
  const { version, value, changedBy } = options;
  return (
    <Notice
      tone="amber"
      icon={<GitMerge />}
      title={`Version ${version} was made meanwhile`}
      action={
        <Button size="sm" onClick={() => draft.load({ version, value: asOptions(value) })}>
          Load version {version}
        </Button>
      }
    >
      <p>
        <bdi>{changedBy}</bdi> made it. What you edit is based on version {draft.base.version} and cannot be
        saved over it. Loading it drops your changes.
      </p>
    </Notice>
  );
}
