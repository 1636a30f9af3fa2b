"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { FormPage } from "@/components/forms/form-page";
import { SubmitFooter } from "@/components/forms/submit-footer";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { paths } from "@/components/paths";
import type { ActionResult } from "@/server/api/actions";
import type { CreateEnvironment } from "@/server/domain/environments/schema";
import { slugRefusal } from "@/server/domain/environments/names";
import { CreateEnvironmentFields } from "./create-environment-fields";
import type { CreateValues } from "./create-values";
import { CreateEnvironmentSummary } from "./create-environment-summary";
import { placeOf } from "./place-values";
import type { Region } from "./regions";
import { refusalIn, usePreview } from "./use-preview";

interface CreateEnvironmentFormProps {
  organization: { slug: string; name: string; region: Region };
  /** Operators may name the cluster and the pool. */
  isOperator: boolean;
  create: (input: CreateEnvironment) => Promise<ActionResult<{ slug: string; operation: string }>>;
}

/** Everything that a new environment needs, with what will be made of it beside the form. */
export function CreateEnvironmentForm({ organization, isOperator, create }: CreateEnvironmentFormProps) {
  const router = useRouter();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState(false);
  const form = useForm<CreateValues>({
    mode: "onTouched",
    defaultValues: {
      name: "",
      slug: "",
      envType: "staging",
      region: organization.region,
      isolation: "rules",
      driver: "best",
      cluster: "",
      pool: "",
      description: "",
    },
  });
  const refused = useFormRefusal(form);
  const chosen = form.watch();
  const { slug, name, envType, region } = chosen;
  const place = placeOf(chosen);
  const preview = usePreview(organization.slug, slug, place);
  const refusal = refusalIn(preview, place);

  const submit = refused.submit(async (values) => {
    const result = await create({
      ...placeOf(values),
      organization: organization.slug,
      slug: values.slug,
      name: values.name.trim(),
      description: values.description.trim(),
    });
    if (!result.ok) {
      refused.show(result.error);
      return;
    }
    setLeaving(true);
    await queries.invalidateQueries(trpc.environments.pathFilter());
    router.push(paths.environment(organization.slug, result.value.slug));
  });
  const busy = form.formState.isSubmitting || leaving;
  return (
    <FormPage
      onSubmit={submit}
      summary={
        <CreateEnvironmentSummary
          organization={organization}
          chosen={{ name: name.trim(), slug: slugRefusal(slug) ? null : slug, envType, region }}
          preview={preview}
          footer={
            <SubmitFooter
              refusal={refused.refusal}
              cancelTo={paths.environments(organization.slug)}
              label="Create environment"
              busy={busy}
              busyLabel="Creating environment…"
              disabledReason={refusal?.message ?? null}
            />
          }
        />
      }
    >
      <CreateEnvironmentFields
        form={form}
        organization={organization}
        slugIsTaken={preview?.slugIsTaken ?? false}
        refusal={refusal}
        isOperator={isOperator}
      />
    </FormPage>
  );
}
