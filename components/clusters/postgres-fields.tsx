"use client";

import { TriangleAlert } from "lucide-react";
import { useWatch, type UseFormReturn } from "react-hook-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { AddClusterValues } from "./add-cluster-values";

/** Where a Postgres server is, and as whom Freehold comes. */
export function PostgresFields({ form }: { form: UseFormReturn<AddClusterValues> }) {
  const { errors } = form.formState;
  const isAllowed = useWatch({ control: form.control, name: "allowPrivateNetwork" });
  return (
    <>
      <Field
        label="Admin address"
        error={errors.adminUrl?.message}
        hint="A login that may make databases and roles. Freehold seals it before it is stored, uses it to make and drop databases and logins, and never shows it again."
        required
      >
        <PasswordInput
          noun="address"
          mono
          autoComplete="new-password"
          placeholder="postgresql://admin:password@db.example.com:5432/postgres"
          {...form.register("adminUrl", {
            validate: (text) => text.trim() !== "" || "Give the address of the server, with a login.",
          })}
        />
      </Field>
      <Field
        label="Public address"
        optional
        error={errors.publicUrl?.message}
        hint="Where services find it, without a login, when that differs: a pooler, another name."
      >
        <Input
          mono
          autoComplete="off"
          spellCheck={false}
          placeholder="postgresql://db.example.com:5432"
          {...form.register("publicUrl")}
        />
      </Field>
      <Checkbox
        label="It is on a private network or on this machine"
        hint="Without this, Freehold connects to public addresses only."
        {...form.register("allowPrivateNetwork")}
      />
      {isAllowed && (
        <p
          role="status"
          className="flex gap-2 rounded-md border border-amber/40 bg-amber-soft px-3 py-2 text-table text-amber"
        >
          <TriangleAlert aria-hidden="true" className="mt-px size-4 shrink-0" />
          <span>
            Freehold may then connect from inside your network to the host that this address names, whatever
            it resolves to later. Allow it only for a server that you trust.
          </span>
        </p>
      )}
    </>
  );
}
