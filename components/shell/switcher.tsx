"use client";

import { ChevronsUpDown } from "lucide-react";
import { lazy, Suspense } from "react";

import { Popover } from "@/components/ui/popover";
import type { Search } from "@/components/ui/use-search";
import type { EnvironmentType } from "@/server/domain/environments/names";

import { EnvironmentPill } from "./environment-pill";
import type { OrganizationPlace, Places } from "./switcher-places";
import { SwitcherSkeleton } from "./switcher-skeleton";

const loadList = () => import("./switcher-list");
const SwitcherList = lazy(async () => ({ default: (await loadList()).SwitcherList }));

export interface SwitcherProps {
  /** Null on pages of the fleet. */
  organization: OrganizationPlace | null;
  /** Null on pages of the organization itself. */
  environment: { slug: string; name: string; envType: EnvironmentType } | null;
  /** Stands in place of an organization: "Fleet". */
  fallback?: string;
  /** Asks for places by name; "" asks for the first ones. */
  search: Search<Places>;
  onSelect: (organizationSlug: string, environmentSlug: string | null) => void;
  /** Makes an organization, when this person may. */
  onCreate?: () => void;
}

function Current({
  organization,
  environment,
  fallback,
}: Pick<SwitcherProps, "organization" | "environment" | "fallback">) {
  return (
    <>
      <bdi
        title={organization?.name}
        className={environment ? "min-w-0 shrink-[2] truncate text-muted max-sm:hidden" : "min-w-0 truncate"}
      >
        {organization?.name ?? fallback ?? "Choose an organization"}
      </bdi>
      {environment && (
        <>
          <span aria-hidden="true" className="text-faint max-sm:hidden">
            /
          </span>
          <bdi title={environment.name} className="min-w-0 truncate">
            {environment.name}
          </bdi>
          <EnvironmentPill type={environment.envType} />
        </>
      )}
      <ChevronsUpDown aria-hidden="true" className="size-3.5! text-faint" />
    </>
  );
}

/** Organization and environment, where one is and where one could go. */
export function Switcher({ organization, environment, fallback, search, onSelect, onCreate }: SwitcherProps) {
  const here = [organization?.name ?? fallback, environment?.name].filter(Boolean).join(", ");
  return (
    <Popover
      label="Switch organization or environment"
      triggerLabel={`Switch organization or environment. Now: ${here}`}
      trigger={<Current organization={organization} environment={environment} fallback={fallback} />}
      className="max-w-full min-w-0 shrink px-2 text-ink"
      popupClassName="w-84"
      preload={loadList}
    >
      {(close) => (
        <Suspense fallback={<SwitcherSkeleton />}>
          <SwitcherList
            current={organization?.slug ?? null}
            currentEnvironment={environment?.slug ?? null}
            search={search}
            onCreate={onCreate}
            onSelect={(organizationSlug, environmentSlug) => {
              close();
              onSelect(organizationSlug, environmentSlug);
            }}
          />
        </Suspense>
      )}
    </Popover>
  );
}
