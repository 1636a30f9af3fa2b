"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { organizationRoleWords } from "@/components/organizations/organization-words";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { FormError } from "@/components/ui/form-error";
import { RadioCards } from "@/components/ui/radio-cards";
import { useLast } from "@/components/ui/use-last";
import { organizationRoleMay, organizationRoles, type OrganizationRole } from "@/server/kernel/roles";

interface Subject {
  userId: string;
  name: string;
  role: OrganizationRole;
  isMe: boolean;
}

interface ChangeRoleProps {
  organization: { slug: string; role: OrganizationRole };
  /** Closed while null. */
  member: Subject | null;
  onClose: () => void;
}

/** Gives a member another role. */
export function ChangeRole({ organization, member, onClose }: ChangeRoleProps) {
  const shown = useLast(member);
  if (!shown) return null;
  return (
    <RoleDialog
      key={shown.userId + shown.role}
      organization={organization}
      member={shown}
      open={member !== null}
      onClose={onClose}
    />
  );
}

function RoleDialog({
  organization,
  member,
  open,
  onClose,
}: ChangeRoleProps & { member: Subject; open: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [role, setRole] = useState(member.role);
  const change = useMutation(
    trpc.members.setRole.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.members.pathFilter());
        close();
      },
    }),
  );
  function close() {
    change.reset();
    setRole(member.role);
    onClose();
  }
  const mayMakeOwners = organizationRoleMay(organization.role, "member.manage_owner");
  const error = refusalOf(change.error);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && !change.isPending && close()}
      title={
        <>
          Role of <bdi>{member.name}</bdi>
        </>
      }
      description="It holds for the organization; roles in environments stay as they are."
      footer={
        <>
          <Button onClick={close} disabledReason={change.isPending ? "It is already under way" : null}>
            Cancel
          </Button>
          <Button
            variant="primary"
            loading={change.isPending}
            loadingLabel="Changing role…"
            disabledReason={role === member.role ? "Choose another role first" : null}
            onClick={() => change.mutate({ organization: organization.slug, userId: member.userId, role })}
          >
            Change role
          </Button>
        </>
      }
    >
      <RadioCards
        legend="Role in the organization"
        hideLegend
        name="role"
        value={role}
        onValueChange={setRole}
        options={organizationRoles.map((value) => ({
          value,
          label: organizationRoleWords[value].label,
          description: organizationRoleWords[value].meaning,
          disabledReason: value === "owner" && !mayMakeOwners ? "Only owners make owners." : null,
        }))}
      />
      {member.isMe && role !== member.role && (
        <p className="text-table text-amber">
          This is your own role: what it no longer allows is closed to you at once.
        </p>
      )}
      <FormError message={error?.message} {...(error?.requestId ? { requestId: error.requestId } : {})} />
    </Dialog>
  );
}
