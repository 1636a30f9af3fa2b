"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { useSettled } from "@/components/forms/use-settled";
import { slugRefusal } from "@/server/domain/environments/names";
import type { placeOf } from "./place-values";

export type Preview = ApiOutputs["environments"]["preview"];

type Place = ReturnType<typeof placeOf>;

export interface Refusal {
  field: "region" | "isolation" | "driver" | "cluster" | "pool";
  message: string;
}

const typingMs = 200;

/** What the server would make of these choices now; null while the slug cannot be one or the answer is on its way. */
export function usePreview(organization: string, slug: string, place: Place): Preview | null {
  const trpc = useTRPC();
  const settled = useSettled(slug, typingMs);
  const query = useQuery(
    trpc.environments.preview.queryOptions(
      { organization, slug: settled, ...place },
      {
        enabled: slugRefusal(settled) === null,
        staleTime: 30_000,
        // Another region or driver changes a few lines, not the whole panel.
        placeholderData: keepPreviousData,
      },
    ),
  );
  return query.data?.slug === slug ? query.data : null;
}

/** Why there is no home for it, and which choice that belongs to. */
export function refusalIn(preview: Preview | null, place: Place): Refusal | null {
  if (!preview?.refusal) return null;
  return { field: refusedField(preview, place), message: preview.refusal };
}

/** What was named, the fence's region, the pool that there is not, else the driver. */
function refusedField({ why }: Preview, { isolation, pool }: Place): Refusal["field"] {
  const kinds = why.map(({ kind }) => kind);
  if (kinds.includes("request")) return pool === undefined ? "cluster" : "pool";
  if (kinds.includes("fence")) return "region";
  return isolation === "shared" ? "isolation" : "driver";
}
