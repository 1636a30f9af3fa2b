"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { EnvironmentRole } from "@/server/kernel/roles";
import type { MembersPlace } from "./environment-members";
import { EnvironmentRoleChoice } from "./environment-role-choice";
import { MutationError } from "./mutation-error";
import { PersonChoice } from "./person-choice";

interface AddEnvironmentMemberProps extends MembersPlace {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Gives a member of the organization a role in the environment. */
export function AddEnvironmentMember({ open, onOpenChange, ...place }: AddEnvironmentMemberProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const formId = useId();
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
    <Dialog
      open={open}
      onOpenChange={(next) => !next && !add.isPending && close()}
      title={
        <>
          Add a member to <bdi>{place.environment.name}</bdi>
        </>
      }
      footer={
        <>
          <Button onClick={close} disabledReason={add.isPending ? "It is already under way" : null}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            loading={add.isPending}
            loadingLabel="Adding member…"
            disabledReason={person === null ? "Choose a person first" : null}
          >
            Add member
          </Button>
        </>
      }
    >
      <form
        method="post"
        id={formId}
        className="flex min-w-0 flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PersonChoice {...place} value={person} onValueChange={setPerson} />
        <EnvironmentRoleChoice value={role} onValueChange={setRole} />
        <MutationError error={add.error} />
      </form>
    </Dialog>
  );
}
