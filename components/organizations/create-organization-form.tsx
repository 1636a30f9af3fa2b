"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Controller, useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { RegionField } from "@/components/environments/region-field";
import { regionHint, type Region } from "@/components/environments/regions";
import { NameField, SlugField } from "@/components/forms/name-fields";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { useNameAndSlug } from "@/components/forms/use-name-and-slug";
import { paths } from "@/components/paths";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";

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
  const fields = useNameAndSlug(form);
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
          <NameField
            registration={form.register("name", fields.name)}
            error={errors.name}
            autoFocus
            autoComplete="organization"
          />
          <SlugField
            registration={form.register("slug", fields.slug)}
            error={errors.slug?.message}
            hint="Part of every address and host name; it cannot be changed later."
          />
          <Controller
            control={form.control}
            name="region"
            render={({ field, fieldState }) => (
              <RegionField
                field={field}
                error={fieldState.error?.message}
                hint={`Where its environments are placed unless another region is chosen. ${regionHint}`}
              />
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
