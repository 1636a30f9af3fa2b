"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { useSettled } from "@/components/forms/use-settled";
import { slugRefusal, type EnvironmentType } from "@/server/domain/environments/names";
import type { DriverChoice } from "./driver-choices";
import type { Region } from "./regions";

export type Preview = ApiOutputs["environments"]["preview"];

interface Chosen {
  slug: string;
  envType: EnvironmentType;
  region: Region;
  driver: DriverChoice;
}

const typingMs = 200;

/** What the server would make of these choices now; null while the slug cannot be one or the answer is on its way. */
export function usePreview(organization: string, { slug, driver, ...rest }: Chosen): Preview | null {
  const trpc = useTRPC();
  const settled = useSettled(slug, typingMs);
  const input = { organization, slug: settled, ...rest, ...(driver === "best" ? {} : { driver }) };
  const query = useQuery(
    trpc.environments.preview.queryOptions(input, {
      enabled: slugRefusal(settled) === null,
      staleTime: 30_000,
      // Another region or driver changes a few lines, not the whole panel.
      placeholderData: keepPreviousData,
    }),
  );
  return query.data?.slug === slug ? query.data : null;
}

/** Where a refusal to place it belongs: at the region when it is the fence, else at the driver. */
export function refusedField(preview: Preview | null): "region" | "driver" | null {
  if (!preview?.refusal) return null;
  return preview.why.some(({ kind }) => kind === "fence") ? "region" : "driver";
}
