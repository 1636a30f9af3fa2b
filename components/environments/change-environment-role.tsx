"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useLast } from "@/components/ui/use-last";
import type { EnvironmentMemberRow } from "./environment-members";
import { EnvironmentRoleChoice } from "./environment-role-choice";
import { MutationError } from "./mutation-error";

interface ChangeEnvironmentRoleProps {
  environmentId: string;
  /** Closed while null. */
  member: EnvironmentMemberRow | null;
  onClose: () => void;
}

/** Gives a member of the environment another role. */
export function ChangeEnvironmentRole({ environmentId, member, onClose }: ChangeEnvironmentRoleProps) {
  const shown = useLast(member);
  if (!shown) return null;
  return (
    <RoleDialog
      key={shown.userId + shown.role}
      environmentId={environmentId}
      member={shown}
      open={member !== null}
      onClose={onClose}
    />
  );
}

interface RoleDialogProps {
  environmentId: string;
  member: EnvironmentMemberRow;
  open: boolean;
  onClose: () => void;
}

function RoleDialog({ environmentId, member, open, onClose }: RoleDialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [role, setRole] = useState(member.role);
  const change = useMutation(
    trpc.members.setEnvironment.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.members.pathFilter());
        close();
      },
    }),
  );
  function close() {
    change.reset();
    setRole(member.role);
    onClose();
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && !change.isPending && close()}
      title={
        <>
          Role of <bdi>{member.name}</bdi>
        </>
      }
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
            onClick={() => change.mutate({ environment: environmentId, userId: member.userId, role })}
          >
            Change role
          </Button>
        </>
      }
    >
      <EnvironmentRoleChoice hideLegend value={role} onValueChange={setRole} />
      <MutationError error={change.error} />
    </Dialog>
  );
}
