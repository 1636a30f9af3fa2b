"use client";

import { UserPlus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { useEverOpen } from "@/components/ui/use-ever-open";
import { organizationRoleMay, type OrganizationRole } from "@/server/kernel/roles";

const InviteDialog = lazy(async () => ({ default: (await import("./invite-dialog")).InviteDialog }));

/** Why someone with this role invites nobody; null when they may. */
function inviteRefusal(role: OrganizationRole): string | null {
  return organizationRoleMay(role, "member.manage") ? null : "Admins of the organization invite people.";
}

interface InviteButtonProps {
  organization: { slug: string; name: string; role: OrganizationRole };
  variant?: "primary" | "secondary" | "ghost";
}

/** Opens the dialog that invites a person into the organization. */
export function InviteButton({ organization, variant = "secondary" }: InviteButtonProps) {
  const [open, setOpen] = useState(false);
  const everOpen = useEverOpen(open);
  return (
    <>
      <Button
        variant={variant}
        disabledReason={inviteRefusal(organization.role)}
        onClick={() => setOpen(true)}
      >
        <UserPlus />
        Invite member
      </Button>
      {everOpen && (
        <Suspense>
          <InviteDialog organization={organization} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
