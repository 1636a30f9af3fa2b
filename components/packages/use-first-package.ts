"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { publishCommand } from "./package-words";

/**
 * Where no package is installed yet, as props of what says so: the command that installs one that can be, or the
 * one that publishes a first.
 */
export function useFirstPackage(isEmpty: boolean, install: (name: string) => string): { command?: string } {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.packages.list.queryOptions({ limit: 100 }, { enabled: isEmpty }));
  if (!data) return {};
  const first = data.items.find(({ newestVersion }) => newestVersion !== null);
  return { command: first ? install(first.name) : publishCommand };
}
