"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import { refusalOf } from "@/components/api/refusal";
import type { EnvironmentDetail } from "./use-environment";

interface DeleteEnvironmentDialogProps {
  environment: EnvironmentDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for the slug, orders the deletion, and goes to the list, where the rest can be seen. */
export function DeleteEnvironmentDialog({ environment, open, onOpenChange }: DeleteEnvironmentDialogProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { name, organization, placement } = environment;
  const remove = useMutation(
    trpc.environments.delete.mutationOptions({
      onSuccess: async ({ operation }) => {
        router.push(paths.environments(organization.slug));
        notify({
          message: `${name} is being deleted`,
          action: { label: "Follow", onPress: () => router.push(paths.operation(operation.id)) },
        });
        // Not this environment itself: the page that is being left would find it gone.
        const changed = [trpc.environments.list, trpc.operations, trpc.navigation];
        await Promise.all(changed.map((part) => queryClient.invalidateQueries(part.pathFilter())));
      },
    }),
  );
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          Delete <bdi>{name}</bdi>
        </>
      }
      reversal="This cannot be taken back."
      typeToConfirm={environment.slug}
      typeLabel="slug"
      confirmLabel={`Delete ${environment.slug}`}
      busyLabel={`Deleting ${environment.slug}…`}
      busy={remove.isPending || remove.isSuccess}
      error={refusalOf(remove.error)}
      onConfirm={() => remove.mutate({ environment: environment.id, confirm: environment.slug })}
    >
      Services are refused at once. The database{" "}
      <span className="font-mono text-xs [overflow-wrap:anywhere]">{placement.databaseName}</span> is removed
      with everything in it, then the registration and its memberships. The audit entries stay.
    </ConfirmDialog>
  );
}
