"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Json, JsonObject } from "@/sdk/options/json";
import { fieldMistake, settledNumber, typedNumber, type FlatField } from "./flat-fields";

interface OptionsFormProps {
  fields: readonly FlatField[];
  overlay: JsonObject;
  /** What the server refused, by the option that it concerns. */
  refused: Readonly<Record<string, string>>;
  readOnly: boolean;
  onChange: (overlay: JsonObject) => void;
}

/** The overlay with one option changed, or without it. */
function withOption(overlay: JsonObject, key: string, value: Json | undefined): JsonObject {
  const { [key]: _, ...others } = overlay;
  return value === undefined ? others : { ...overlay, [key]: value };
}

/** One field for each option. An empty one stays as the defaults have it. */
export function OptionsForm({ fields, overlay, refused, readOnly, onChange }: OptionsFormProps) {
  return (
    <div className="flex flex-col gap-5 pt-4">
      {fields.map((field) => {
        const value = Object.hasOwn(overlay, field.key) ? overlay[field.key] : undefined;
        const change = (next: Json | undefined) => onChange(withOption(overlay, field.key, next));
        return (
          <Field
            key={field.key}
            label={<bdi>{field.label}</bdi>}
            hint={<Hint field={field} />}
            error={fieldMistake(field, value) ?? refused[field.key]}
            aside={
              value !== undefined &&
              !readOnly && (
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Use the default of ${field.label}`}
                  onClick={() => change(undefined)}
                >
                  Use default
                </Button>
              )
            }
          >
            <Control field={field} value={value} readOnly={readOnly} onChange={change} />
          </Field>
        );
      })}
    </div>
  );
}

function Hint({ field: { description, byDefault } }: { field: FlatField }) {
  return (
    <>
      {description && <bdi>{description} </bdi>}
      {byDefault !== undefined && (
        <span className="whitespace-nowrap">
          Default: <code>{shown(byDefault)}</code>
        </span>
      )}
    </>
  );
}

function shown(value: Json): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "string" && value !== "" ? value : JSON.stringify(value);
}

interface ControlProps {
  field: FlatField;
  value: Json | undefined;
  readOnly: boolean;
  onChange: (value: Json | undefined) => void;
}

const asDefault = "";
const asChoice = (value: Json) => `=${plain(value)}`;
const plain = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));

function Control({ field, value, readOnly, onChange }: ControlProps) {
  if (field.kind === "text" || field.kind === "number") {
    const isNumber = field.kind === "number";
    return (
      <Input
        autoComplete="off"
        spellCheck={false}
        inputMode={isNumber ? "decimal" : "text"}
        className={isNumber ? "max-w-48" : undefined}
        readOnly={readOnly}
        placeholder={field.byDefault === undefined ? "" : shown(field.byDefault)}
        value={value === undefined ? "" : plain(value)}
        onChange={({ target }) => {
          const typed = isNumber ? typedNumber(target.value) : target.value;
          onChange(target.value === "" ? undefined : typed);
        }}
        onBlur={() => isNumber && value !== undefined && onChange(settledNumber(value))}
      />
    );
  }
  const standing = field.byDefault === undefined ? "Not set" : `Default: ${shown(field.byDefault)}`;
  const choices =
    field.kind === "switch"
      ? [
          { value: asChoice(true), label: "On" },
          { value: asChoice(false), label: "Off" },
        ]
      : field.choices.map((choice) => ({ value: asChoice(choice), label: choice }));
  return (
    <Select
      className="max-w-72"
      disabled={readOnly}
      value={value === undefined ? asDefault : asChoice(value)}
      options={[{ value: asDefault, label: standing }, ...choices]}
      onValueChange={(next) => {
        if (next === asDefault) onChange(undefined);
        else onChange(field.kind === "switch" ? next === asChoice(true) : next.slice(1));
      }}
    />
  );
}
