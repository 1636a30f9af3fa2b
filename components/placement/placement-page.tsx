"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { LoadError } from "@/components/api/load-error";
import { Page } from "@/components/shell/page";
import { PlacementSkeleton, placementTexts } from "./placement-skeleton";
import { PresetForm } from "./preset-form";
import { RulePanel } from "./rule-panel";
import { TryOut } from "./try-out";

/** How a new database finds its home, and a place to try it. */
export function PlacementPage() {
  const trpc = useTRPC();
  const query = useQuery(trpc.placement.get.queryOptions({}));
  const policy = query.data;
  if (!policy) {
    if (!query.isError) return <PlacementSkeleton />;
    return (
      <Page title={placementTexts.title}>
        <LoadError what="placement rules" query={query} />
      </Page>
    );
  }
  return (
    <Page {...placementTexts}>
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <RulePanel rules={policy.rules} />
          <PresetForm preset={policy.preset} presets={policy.presets} />
        </div>
        <div className="min-w-0 xl:sticky xl:top-[4.5rem]">
          <TryOut />
        </div>
      </div>
    </Page>
  );
}
