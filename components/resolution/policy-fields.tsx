"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ResolveState } from "./resolve-params";
import { presetOptions, takes } from "./resolve-words";

interface PolicyFieldsProps {
  state: ResolveState;
  onState: (changed: Partial<ResolveState>) => void;
}

/** The service's policy, who speaks to it, and as which it is asked. */
export function PolicyFields({ state, onState }: PolicyFieldsProps) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Field label="Policy">
        <Select
          value={state.preset}
          onValueChange={(preset) => onState({ preset })}
          options={presetOptions}
        />
      </Field>
      {takes(state, "tenant") && (
        <Field label="Tenant in the configuration" optional={state.preset !== "dedicatedSingleTenant"}>
          <Input
            mono
            dir="ltr"
            value={state.tenant}
            onChange={(event) => onState({ tenant: event.target.value })}
          />
        </Field>
      )}
      {takes(state, "strict") && (
        <Checkbox
          label="Strict"
          hint="What a request says must agree."
          checked={state.strict}
          onChange={(event) => onState({ strict: event.target.checked })}
        />
      )}
      {takes(state, "shared") && (
        <List
          label="Shared hosts"
          hint="They belong to all tenants and say nothing."
          placeholder="api.example.com"
          value={state.shared}
          onValue={(shared) => onState({ shared })}
        />
      )}
      {takes(state, "session") && (
        <Field label="Session" optional hint="The tenant that the service keeps for its caller.">
          <Input
            mono
            dir="ltr"
            value={state.session}
            onChange={(event) => onState({ session: event.target.value })}
          />
        </Field>
      )}
      <Field label="From" optional hint="The address at the other end of the service’s connection.">
        <Input
          mono
          dir="ltr"
          placeholder="203.0.113.9"
          value={state.peer}
          onChange={(event) => onState({ peer: event.target.value.trim() })}
        />
      </Field>
      <List
        label="Trusted hops"
        hint="Networks of gateways that write the tenant themselves."
        placeholder="10.1.0.0/16"
        value={state.hops}
        onValue={(hops) => onState({ hops })}
      />
      <Field
        label="Asked as"
        optional
        hint="A service’s name: the audience of tokens, and whose login is shown."
      >
        <Input
          dir="ltr"
          placeholder="students"
          value={state.service}
          onChange={(event) => onState({ service: event.target.value })}
        />
      </Field>
    </div>
  );
}

interface ListProps {
  label: string;
  hint: string;
  placeholder: string;
  value: readonly string[];
  onValue: (value: string[]) => void;
}

/** A few words with spaces between. What is being typed may end with one. */
function List({ label, hint, placeholder, value, onValue }: ListProps) {
  return (
    <Field label={label} optional hint={`${hint} Several with a space between.`}>
      <Input
        mono
        dir="ltr"
        placeholder={placeholder}
        value={value.join(" ")}
        onChange={(event) => onValue(event.target.value === "" ? [] : event.target.value.split(/[\s,]/))}
      />
    </Field>
  );
}
