"use client";

import type { FieldError, UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface NameFieldProps {
  registration: UseFormRegisterReturn;
  error: FieldError | undefined;
  /** What the browser may fill in. */
  autoComplete?: "organization";
  autoFocus?: boolean;
  placeholder?: string;
  readOnly?: boolean;
  hint?: string;
}

/** What people call it. */
export function NameField({ registration, error, hint, autoComplete, ...rest }: NameFieldProps) {
  return (
    <Field label="Name" hint={hint} error={error?.message} required>
      <Input autoComplete={autoComplete ?? "off"} {...rest} {...registration} />
    </Field>
  );
}

interface SlugFieldProps {
  registration: UseFormRegisterReturn;
  error: string | undefined;
  /** Where it is used, and that it stays. */
  hint: string;
  placeholder?: string;
}

/** How addresses and commands spell it. */
export function SlugField({ registration, error, hint, placeholder }: SlugFieldProps) {
  return (
    <Field label="Slug" error={error} hint={hint} required>
      <Input
        mono
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder={placeholder}
        {...registration}
      />
    </Field>
  );
}
