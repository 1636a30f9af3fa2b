"use client";

import { useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useCallback, useTransition } from "react";
import { useTRPC } from "@/components/api/trpc";
import { paths, samePage } from "@/components/paths";
import { Switcher, type SwitcherProps } from "@/components/shell/switcher";
import type { Places } from "@/components/shell/switcher-places";
import type { Search } from "@/components/ui/use-search";

export type SwitchEnvironment = (organization: string, environment: string) => Promise<void>;

interface ConsoleSwitcherProps extends Pick<SwitcherProps, "organization" | "environment" | "fallback"> {
  /** Writes the choice to the session. */
  remember: SwitchEnvironment;
}

/** Nobody goes to work in a deleted one: the list and the palette lead to it. */
function withoutDeleted<Place extends { status: string }, Rest>(
  places: Rest & { environments: readonly Place[]; recent: readonly Place[] },
) {
  const isThere = ({ status }: Place) => status !== "deleted";
  return {
    ...places,
    environments: places.environments.filter(isThere),
    recent: places.recent.filter(isThere),
  };
}

/** The switcher, reading places from the API and going to the same page of another environment. */
export function ConsoleSwitcher({ organization, environment, fallback, remember }: ConsoleSwitcherProps) {
  const router = useRouter();
  const pathname = usePathname();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [, startTransition] = useTransition();

  const search: Search<Places> = useCallback(
    async (text) =>
      withoutDeleted(await queryClient.fetchQuery(trpc.navigation.places.queryOptions({ text }))),
    [queryClient, trpc],
  );

  function select(organizationSlug: string, environmentSlug: string | null) {
    if (environmentSlug === null) {
      router.push(paths.organization(organizationSlug));
      return;
    }
    startTransition(async () => {
      await remember(organizationSlug, environmentSlug);
      router.push(samePage(pathname, organizationSlug, environmentSlug));
    });
  }

  return (
    <Switcher
      organization={organization}
      environment={environment}
      {...(fallback ? { fallback } : {})}
      search={search}
      onSelect={select}
      onCreate={() => router.push(paths.newOrganization())}
    />
  );
}
