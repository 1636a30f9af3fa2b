"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { NameField } from "@/components/forms/name-fields";
import { nameRules } from "@/components/forms/name-rules";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/form-error";
import { Panel } from "@/components/ui/panel";
import { organizationRoleMay, type OrganizationRole } from "@/server/kernel/roles";

interface RenameOrganizationProps {
  organization: { slug: string; name: string; role: OrganizationRole };
}

export function RenameOrganization({ organization }: RenameOrganizationProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const form = useForm({
    mode: "onTouched",
    defaultValues: { name: organization.name },
  });
  const { refusal, refuse, submit } = useFormRefusal(form);
  const rename = useMutation(
    trpc.organizations.update.mutationOptions({
      onSuccess: async ({ name }) => {
        form.reset({ name });
        announce(`Renamed to ${name}`);
        await queries.invalidateQueries(trpc.organizations.pathFilter());
        // The switcher and the title have the name from the server.
        router.refresh();
      },
      onError: refuse,
    }),
  );
  const onSubmit = submit(({ name }) => {
    rename.mutate({ organization: organization.slug, name: name.trim() });
  });
  const { errors, isDirty } = form.formState;
  const mayRename = organizationRoleMay(organization.role, "organization.update");
  const renameRefusal = mayRename ? null : "Admins of the organization rename it.";
  return (
    <form method="post" noValidate onSubmit={(event) => void onSubmit(event)}>
      <Panel
        title="General"
        footer={
          <>
            {rename.isSuccess && !isDirty && <span className="mr-auto text-table text-muted">Saved</span>}
            <Button
              type="submit"
              variant="primary"
              loading={rename.isPending}
              loadingLabel="Renaming…"
              disabledReason={renameRefusal ?? (isDirty ? null : "Change the name first")}
            >
              Rename
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <NameField
            registration={form.register("name", nameRules)}
            error={errors.name}
            hint="What people see. Addresses keep the slug."
            readOnly={!mayRename}
          />
          {refusal && <FormError {...refusal} />}
        </div>
      </Panel>
    </form>
  );
}
