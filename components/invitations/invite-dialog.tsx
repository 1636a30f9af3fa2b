"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTRPC } from "@/components/api/trpc";
import { emailRules } from "@/components/auth/use-auth-form";
import { useFormRefusal } from "@/components/forms/use-form-refusal";
import { organizationRoleWords } from "@/components/organizations/organization-words";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FormError } from "@/components/ui/form-error";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { organizationRoleMay, organizationRoles, type OrganizationRole } from "@/server/kernel/roles";
import { InvitationMade, type MadeInvitation } from "./invitation-made";

interface InviteFormProps {
  id: string;
  organization: { slug: string; role: OrganizationRole };
  onBusyChange: (busy: boolean) => void;
  onMade: (made: MadeInvitation) => void;
}

interface InviteValues {
  email: string;
  role: OrganizationRole;
}

function InviteForm({ id, organization, onBusyChange, onMade }: InviteFormProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const form = useForm<InviteValues>({
    mode: "onTouched",
    defaultValues: { email: "", role: "member" },
  });
  const { errors } = form.formState;
  const { refusal, refuse, submit } = useFormRefusal(form);
  const invite = useMutation(
    trpc.invitations.create.mutationOptions({
      onMutate: () => onBusyChange(true),
      onSuccess: async (made, { email, role }) => {
        onMade({ ...made, email, role });
        await queries.invalidateQueries(trpc.invitations.pathFilter());
      },
      onError: refuse,
      onSettled: () => onBusyChange(false),
    }),
  );
  const onSubmit = submit((values) => {
    invite.mutate({ organization: organization.slug, email: values.email.trim(), role: values.role });
  });
  const mayMakeOwners = organizationRoleMay(organization.role, "member.manage_owner");
  return (
    <form id={id} noValidate onSubmit={(event) => void onSubmit(event)} className="flex flex-col gap-4">
      <Field
        label="E-mail"
        error={errors.email?.message}
        hint="Only this address can accept the invitation."
        required
      >
        <Input type="email" autoComplete="off" autoFocus {...form.register("email", emailRules)} />
      </Field>
      <Controller
        control={form.control}
        name="role"
        render={({ field }) => (
          <RadioCards
            legend="Role in the organization"
            name="role"
            value={field.value}
            onValueChange={field.onChange}
            options={organizationRoles.toReversed().map((role) => ({
              value: role,
              label: organizationRoleWords[role].label,
              description: organizationRoleWords[role].meaning,
              disabledReason: role === "owner" && !mayMakeOwners ? "Only owners make owners." : null,
            }))}
          />
        )}
      />
      {refusal && <FormError {...refusal} />}
    </form>
  );
}

interface InviteDialogProps {
  organization: { slug: string; name: string; role: OrganizationRole };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for an address and a role, then shows the link once, or says that the mail is on its way. */
export function InviteDialog({ organization, open, onOpenChange }: InviteDialogProps) {
  const formId = useId();
  const [made, setMade] = useState<MadeInvitation | null>(null);
  const [busy, setBusy] = useState(false);

  function change(next: boolean) {
    if (!busy) onOpenChange(next);
  }
  // What was made stays in sight while the dialog closes, and is gone when it opens again.
  const [shownOpen, setShownOpen] = useState(open);
  if (open !== shownOpen) {
    setShownOpen(open);
    if (open) setMade(null);
  }

  const footer = made ? (
    <>
      <Button onClick={() => setMade(null)}>Invite another</Button>
      <Button variant="primary" onClick={() => change(false)}>
        Done
      </Button>
    </>
  ) : (
    <>
      <Button onClick={() => change(false)} disabledReason={busy ? "It is already under way" : null}>
        Cancel
      </Button>
      <Button type="submit" form={formId} variant="primary" loading={busy} loadingLabel="Inviting…">
        Invite
      </Button>
    </>
  );
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      sticky={made?.link != null}
      title={made ? `${made.email} is invited` : `Invite a member to ${organization.name}`}
      description={
        made ? undefined : "They join when they accept. Then environments can include them, one by one."
      }
      footer={footer}
    >
      {made ? (
        <InvitationMade made={made} />
      ) : (
        <InviteForm id={formId} organization={organization} onBusyChange={setBusy} onMade={setMade} />
      )}
    </Dialog>
  );
}
