"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { refusalOf } from "@/components/api/refusal";
import { useTRPC } from "@/components/api/trpc";
import { FormDialog } from "@/components/forms/form-dialog";
import type { EnvironmentRole } from "@/server/kernel/roles";
import type { MembersPlace } from "./environment-member";
import { EnvironmentRoleChoice } from "./environment-role-choice";
import { PersonChoice } from "./person-choice";

interface AddEnvironmentMemberProps extends MembersPlace {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Gives a member of the organization a role in the environment. */
export function AddEnvironmentMember({ open, onOpenChange, ...place }: AddEnvironmentMemberProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [person, setPerson] = useState<string | null>(null);
  const [role, setRole] = useState<EnvironmentRole>("env_user");
  const add = useMutation(
    trpc.members.setEnvironment.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.members.pathFilter());
        close();
      },
    }),
  );
  function close() {
    add.reset();
    setPerson(null);
    setRole("env_user");
    onOpenChange(false);
  }
  function submit() {
    if (person !== null && !add.isPending)
      add.mutate({ environment: place.environment.id, userId: person, role });
  }
  return (
    <FormDialog
      open={open}
      onClose={close}
      title={
        <>
          Add a member to <bdi>{place.environment.name}</bdi>
        </>
      }
      onSubmit={submit}
      submitLabel="Add member"
      busyLabel="Adding member…"
      busy={add.isPending}
      waits
      disabledReason={person === null ? "Choose a person first" : null}
      refusal={refusalOf(add.error)}
    >
      <PersonChoice {...place} value={person} onValueChange={setPerson} />
      <EnvironmentRoleChoice value={role} onValueChange={setRole} />
    </FormDialog>
  );
}
