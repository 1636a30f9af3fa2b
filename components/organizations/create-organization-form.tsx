"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Controller, useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { regionHint, regionOptions, type Region } from "@/components/environments/regions";
import { nameRules, slugRules } from "@/components/forms/name-rules";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { useProposedSlug } from "@/components/forms/use-proposed-slug";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";
import { Select } from "@/components/ui/select";

interface Values {
  name: string;
  slug: string;
  region: Region;
}

/** A name, a slug and a region; goes to the organization's first environment, which turns active there. */
export function CreateOrganizationForm() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const form = useForm<Values>({
    mode: "onTouched",
    defaultValues: { name: "", slug: "", region: "us-east" },
  });
  const slug = useProposedSlug(form);
  const { refusal, refuse, submit } = useFormRefusal(form);
  const create = useMutation(
    trpc.organizations.create.mutationOptions({
      onSuccess: async ({ organization, environment }) => {
        router.push(paths.environment(organization.slug, environment.slug));
        await queries.invalidateQueries(trpc.organizations.pathFilter());
      },
      onError: refuse,
    }),
  );
  const onSubmit = submit(({ name, ...rest }) => {
    create.mutate({ ...rest, name: name.trim() });
  });
  const { errors } = form.formState;
  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)}>
      <Panel
        footer={
          <Button
            type="submit"
            variant="primary"
            loading={create.isPending || create.isSuccess}
            loadingLabel="Creating organization…"
          >
            Create organization
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <Field label="Name" error={errors.name?.message} required>
            <Input
              autoFocus
              autoComplete="organization"
              {...form.register("name", {
                ...nameRules,
                onChange: (event: { target: { value: string } }) => slug.propose(event.target.value),
              })}
            />
          </Field>
          <Field
            label="Slug"
            error={errors.slug?.message}
            hint="Part of every address and host name; it cannot be changed later."
            required
          >
            <Input
              mono
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              {...form.register("slug", { ...slugRules, onChange: slug.edited })}
            />
          </Field>
          <Controller
            control={form.control}
            name="region"
            render={({ field, fieldState }) => (
              <Field
                label="Region"
                error={fieldState.error?.message}
                hint={`Where its environments are placed unless another region is chosen. ${regionHint}`}
              >
                <Select
                  value={field.value}
                  onValueChange={field.onChange}
                  onBlur={field.onBlur}
                  options={regionOptions}
                />
              </Field>
            )}
          />
          <p className="text-table text-muted">
            You become its owner. It starts with a production environment that has a database of its own,
            which you can watch being made.
          </p>
          {refusal && <FormError {...refusal} />}
        </div>
      </Panel>
    </form>
  );
}
