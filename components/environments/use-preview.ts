"use client";

import { useQuery } from "@tanstack/react-query";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { useSettled } from "@/components/forms/use-settled";
import { slugRefusal } from "@/server/domain/environments/names";

export type Preview = ApiOutputs["environments"]["preview"];

const typingMs = 200;

/** What the server would make of this slug now; null while it cannot be one or the answer is on its way. */
export function usePreview(organization: string, slug: string): Preview | null {
  const trpc = useTRPC();
  const settled = useSettled(slug, typingMs);
  const query = useQuery(
    trpc.environments.preview.queryOptions(
      { organization, slug: settled },
      { enabled: slugRefusal(settled) === null, staleTime: 30_000 },
    ),
  );
  return settled === slug ? (query.data ?? null) : null;
}
