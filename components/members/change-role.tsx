"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { organizationRoleWords } from "@/components/organizations/organization-words";
import { RadioCards } from "@/components/ui/radio-cards";
import { organizationRoleMay, organizationRoles, type OrganizationRole } from "@/server/kernel/roles";
import { RoleDialog } from "./role-dialog";

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
  const trpc = useTRPC();
  const queries = useQueryClient();
  const change = useMutation(
    trpc.members.setRole.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.members.pathFilter()),
    }),
  );
  const mayMakeOwners = organizationRoleMay(organization.role, "member.manage_owner");
  return (
    <RoleDialog
      member={member}
      onClose={onClose}
      description="It holds for the organization; roles in environments stay as they are."
      change={change}
      onChange={(userId, role, done) =>
        change.mutate({ organization: organization.slug, userId, role }, { onSuccess: done })
      }
    >
      {({ role, choose, isOwnChange }) => (
        <>
          <RadioCards
            legend="Role in the organization"
            hideLegend
            name="role"
            value={role}
            onValueChange={choose}
            options={organizationRoles.map((value) => ({
              value,
              label: organizationRoleWords[value].label,
              description: organizationRoleWords[value].meaning,
              disabledReason: value === "owner" && !mayMakeOwners ? "Only owners make owners." : null,
            }))}
          />
          {isOwnChange && (
            <p className="text-table text-amber">
              This is your own role: what it no longer allows is closed to you at once.
            </p>
          )}
        </>
      )}
    </RoleDialog>
  );
}
