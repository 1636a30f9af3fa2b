"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { explain } from "@/components/api/explain";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { Panel } from "@/components/ui/panel";

/** The name under which others see this person. */
export function ProfileForm({ name }: { name: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const form = useForm({ mode: "onTouched", values: { name } });
  const rename = useMutation(
    trpc.account.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.navigation.me.pathFilter());
        // The frame around the page shows the name too.
        router.refresh();
      },
      onError: (error) => {
        for (const field of explain(error).fields)
          if (field.path === "name") form.setError("name", { message: field.message });
      },
    }),
  );
  const { errors, isDirty } = form.formState;
  const failed = rename.error ? explain(rename.error) : null;
  const general = failed && failed.fields.length === 0 ? failed : null;
  const onSubmit = form.handleSubmit((values) => rename.mutate(values));
  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)}>
      <Panel
        title="Profile"
        footer={
          <>
            {rename.isSuccess && !isDirty && (
              <span role="status" className="mr-auto text-xs text-muted">
                Saved. Others see the new name from now on.
              </span>
            )}
            <Button
              type="submit"
              variant="primary"
              loading={rename.isPending}
              loadingLabel="Saving…"
              disabledReason={isDirty ? null : "Nothing has changed"}
            >
              Save
            </Button>
          </>
        }
      >
        <div className="flex max-w-md flex-col gap-4">
          <Field
            label="Name"
            hint="Shown to the members of your organizations."
            error={errors.name?.message}
            required
          >
            <Input
              autoComplete="name"
              {...form.register("name", {
                validate: (value) => value.trim() !== "" || "Give it a name.",
                maxLength: { value: 255, message: "A name has at most 255 characters." },
              })}
            />
          </Field>
          <FormError message={general?.message} requestId={general?.requestId ?? undefined} />
        </div>
      </Panel>
    </form>
  );
}
