"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { RoleDialog } from "@/components/members/role-dialog";
import type { EnvironmentMemberRow } from "./environment-member";
import { EnvironmentRoleChoice } from "./environment-role-choice";

interface ChangeEnvironmentRoleProps {
  environmentId: string;
  /** Closed while null. */
  member: EnvironmentMemberRow | null;
  onClose: () => void;
}

/** Gives a member of the environment another role. */
export function ChangeEnvironmentRole({ environmentId, member, onClose }: ChangeEnvironmentRoleProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.members.setEnvironment.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.members.pathFilter()),
    }),
  );
  return (
    <RoleDialog
      member={member}
      onClose={onClose}
      change={change}
      onChange={(userId, role, done) =>
        change.mutate({ environment: environmentId, userId, role }, { onSuccess: done })
      }
    >
      {({ role, choose }) => <EnvironmentRoleChoice hideLegend value={role} onValueChange={choose} />}
    </RoleDialog>
  );
}
