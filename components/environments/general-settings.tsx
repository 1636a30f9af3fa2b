"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { NameField } from "@/components/forms/name-fields";
import { nameRules } from "@/components/forms/name-rules";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { Textarea } from "@/components/ui/textarea";
import { environmentRefusal } from "@/server/domain/environments/state";
import { environmentRoleRefusal } from "./role-refusal";
import { useEnvironmentRefresh, type EnvironmentDetail } from "./use-environment";

/** Name and description. */
export function GeneralSettings({ environment }: { environment: EnvironmentDetail }) {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = useEnvironmentRefresh();
  const { name, description } = environment;
  const form = useForm({
    mode: "onTouched",
    defaultValues: { name, description },
  });
  const { errors, isDirty } = form.formState;
  const refused = useFormRefusal(form);
  const save = useMutation(
    trpc.environments.update.mutationOptions({
      onSuccess: async (saved) => {
        form.reset(saved);
        await refresh();
        // The switcher above the page has the name from the server.
        router.refresh();
      },
      onError: refused.refuse,
    }),
  );
  const refusal =
    environmentRoleRefusal(environment.role, "environment.update") ??
    environmentRefusal("update", environment);
  const submit = refused.submit((values) => save.mutate({ environment: environment.id, ...values }));
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)}>
      <Panel
        title="Name and description"
        footer={
          <Button
            type="submit"
            variant="primary"
            loading={save.isPending}
            loadingLabel="Saving…"
            disabledReason={refusal ?? (isDirty ? null : "Nothing is changed yet")}
          >
            Save
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          <NameField
            registration={form.register("name", nameRules)}
            error={errors.name}
            readOnly={refusal !== null}
          />
          <Field label="Description" optional error={errors.description?.message}>
            <Textarea
              readOnly={refusal !== null}
              {...form.register("description", {
                maxLength: { value: 2000, message: "A description has at most 2,000 characters." },
              })}
            />
          </Field>
          <p className="text-xs text-faint">
            The slug <span className="font-mono">{environment.slug}</span> and the host name stay: addresses
            and services depend on them.
          </p>
          {refused.refusal && <FormError {...refused.refusal} />}
        </div>
      </Panel>
    </form>
  );
}
