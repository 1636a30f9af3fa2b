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
  /** Empty while the rules decide. */
  cluster: string;
}

export interface Refusal {
  field: "region" | "driver" | "cluster";
  message: string;
}

const typingMs = 200;

/** What the server would make of these choices now; null while the slug cannot be one or the answer is on its way. */
export function usePreview(organization: string, chosen: Chosen): Preview | null {
  const { slug, driver, cluster, ...rest } = chosen;
  const trpc = useTRPC();
  const settled = useSettled(slug, typingMs);
  const input = {
    organization,
    slug: settled,
    ...rest,
    ...(driver === "best" ? {} : { driver }),
    ...(cluster === "" ? {} : { cluster }),
  };
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

/** Why there is no home for it, and which choice that belongs to: the cluster that was named, the fence's region, else the driver. */
export function refusalIn(preview: Preview | null): Refusal | null {
  if (!preview?.refusal) return null;
  const kinds = preview.why.map(({ kind }) => kind);
  const field = kinds.includes("request") ? "cluster" : kinds.includes("fence") ? "region" : "driver";
  return { field, message: preview.refusal };
}
