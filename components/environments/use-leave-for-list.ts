"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { notify } from "@/components/ui/notify";
import type { EnvironmentDetail } from "./use-environment";

/** Goes to the list after a deletion was ordered, where the rest of it can be seen. */
export function useLeaveForList({ name, organization, slug }: EnvironmentDetail) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  return async (operation: { id: string } | null) => {
    router.push(paths.environments(organization.slug));
    if (operation) {
      notify({
        message: `${name} is being deleted`,
        action: { label: "Follow", onPress: () => router.push(paths.operation(operation.id)) },
      });
    } else {
      notify({
        message: `${name} is deleted and can be recovered`,
        action: {
          label: "Open",
          onPress: () => router.push(paths.environment(organization.slug, slug)),
        },
      });
    }
    // Not what is about to be gone: the page that is being left would find it so.
    const changed = [
      operation ? trpc.environments.list : trpc.environments,
      trpc.organizations,
      trpc.operations,
      trpc.navigation,
    ];
    await Promise.all(changed.map((part) => queryClient.invalidateQueries(part.pathFilter())));
  };
}
