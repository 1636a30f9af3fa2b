"use client";

import type { FieldError, UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { mostRows, mostStorageMb } from "@/server/domain/environments/names";

interface LimitFieldProps {
  registration: UseFormRegisterReturn;
  error: FieldError | undefined;
}

const isWhole = (text: string) => /^\d+$/.test(text.trim());

/** What is wrong with the text of a storage limit; true when nothing is. */
export function checkStorage(text: string): true | string {
  if (!isWhole(text)) return "Give a whole number of MB.";
  if (Number(text) < 1) return "The storage limit is at least 1 MB.";
  return Number(text) <= mostStorageMb || "The storage limit is at most 10 TB.";
}

/** What is wrong with the text of a row limit; true when nothing is. */
export function checkRows(text: string): true | string {
  if (text.trim() === "") return true;
  if (!isWhole(text)) return "Give a whole number of rows, or leave it empty.";
  if (Number(text) < 1) return "The row limit is at least 1.";
  return Number(text) <= mostRows || "The row limit is at most 1,000,000,000,000.";
}

export function StorageField({ registration, error }: LimitFieldProps) {
  return (
    <Field label="Storage in MB" required error={error?.message} hint="1,024 MB are 1 GB.">
      <Input inputMode="numeric" autoComplete="off" className="max-w-40" {...registration} />
    </Field>
  );
}

export function RowsField({ registration, error }: LimitFieldProps) {
  return (
    <Field label="Rows" optional error={error?.message} hint="Empty: as many as there is storage for.">
      <Input inputMode="numeric" autoComplete="off" className="max-w-40" {...registration} />
    </Field>
  );
}
