"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Controller, useForm } from "react-hook-form";
import type { ApiError } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { typeMeanings } from "@/components/environments/type-meanings";
import { FormDialog } from "@/components/forms/form-dialog";
import { NameField, SlugField } from "@/components/forms/name-fields";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { useNameAndSlug } from "@/components/forms/use-name-and-slug";
import { paths } from "@/components/paths";
import { environmentLabels } from "@/components/shell/environment-type";
import { Field } from "@/components/ui/field";
import { notify } from "@/components/ui/notify";
import { Select } from "@/components/ui/select";
import { environmentTypes, type EnvironmentType } from "@/server/domain/environments/names";
import type { Finding } from "./finding-columns";
import { OrganizationChoice } from "./organization-choice";

interface Values {
  organization: string;
  name: string;
  slug: string;
  envType: EnvironmentType;
}

interface AdoptOrphanDialogProps {
  finding: Finding;
  open: boolean;
  onClose: () => void;
}

/** Asks who gets the database and what it is called there. */
export function AdoptOrphanDialog({ finding, open, onClose }: AdoptOrphanDialogProps) {
  const form = useForm<Values>({
    mode: "onTouched",
    defaultValues: { organization: "", name: "", slug: "", envType: "production" },
  });
  const fields = useNameAndSlug(form);
  const { refusal, refuse, submit } = useFormRefusal(form);
  const adopt = useAdopt(onClose, refuse);
  const { errors } = form.formState;
  const onSubmit = submit((values) => {
    adopt.mutate({ ...values, name: values.name.trim(), finding: finding.id });
  });
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Adopt a database"
      description={
        <>
          <span className="font-mono text-xs [overflow-wrap:anywhere]">{finding.databaseName}</span> becomes
          an environment where it is, on {finding.cluster?.slug ?? "its cluster"}. Its data stays as it is,
          and services get a new credential for it.
        </>
      }
      onSubmit={onSubmit}
      submitLabel="Adopt database"
      busyLabel="Adopting database…"
      busy={adopt.isPending}
      refusal={refusal}
    >
      <Controller
        control={form.control}
        name="organization"
        rules={{ validate: (organization) => organization !== "" || "Choose who gets it." }}
        render={({ field, fieldState }) => (
          <OrganizationChoice
            value={field.value}
            onValueChange={field.onChange}
            error={fieldState.error?.message}
          />
        )}
      />
      <NameField
        registration={form.register("name", fields.name)}
        error={errors.name}
        placeholder="Production"
      />
      <SlugField
        registration={form.register("slug", fields.slug)}
        error={errors.slug?.message}
        hint="Part of every address; it cannot be changed later."
        placeholder="production"
      />
      <Controller
        control={form.control}
        name="envType"
        render={({ field, fieldState }) => (
          <Field label="Type" error={fieldState.error?.message} hint={typeMeanings[field.value]}>
            <Select
              value={field.value}
              onValueChange={field.onChange}
              onBlur={field.onBlur}
              options={environmentTypes.map((value) => ({ value, label: environmentLabels[value].long }))}
            />
          </Field>
        )}
      />
    </FormDialog>
  );
}

function useAdopt(onAdopted: () => void, onError: (error: ApiError) => void) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.findings.adopt.mutationOptions({
      onSuccess: async ({ environment, operation }) => {
        const changed = [trpc.findings, trpc.operations, trpc.fleet, trpc.clusters, trpc.organizations];
        await Promise.all(changed.map((part) => queryClient.invalidateQueries(part.pathFilter())));
        onAdopted();
        notify({
          message: `The database is ${environment.organization}/${environment.slug} now`,
          action: { label: "Follow", onPress: () => router.push(paths.operation(operation.id)) },
        });
      },
      onError,
    }),
  );
}
