"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { BusyText } from "@/components/ui/busy-text";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { useSearch, type Search } from "@/components/ui/use-search";

type Organization = ApiOutputs["organizations"]["listAll"]["items"][number];

const most = 4;

interface OrganizationChoiceProps {
  /** The slug of the chosen one. */
  value: string;
  onValueChange: (slug: string) => void;
  error: string | undefined;
}

/** One of the organizations, found by name or slug. */
export function OrganizationChoice({ value, onValueChange, error }: OrganizationChoiceProps) {
  const [text, setText] = useState("");
  const { result, pending, failed } = useSearch(text, useOrganizations());
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field label="Organization" hint="By name or slug." error={error} required>
        <Input
          type="search"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
      </Field>
      {failed && (
        <p className="text-table text-red">The organizations could not be searched. Type again to retry.</p>
      )}
      {pending && !result && <BusyText>Loading organizations…</BusyText>}
      {result?.length === 0 && <p className="text-table text-muted">No organization matches.</p>}
      {result && result.length > 0 && (
        <RadioCards
          legend="Organization"
          hideLegend
          name="organization"
          value={value}
          onValueChange={onValueChange}
          options={result.map(({ slug, name, region }) => ({
            value: slug,
            label: <bdi>{name}</bdi>,
            description: `${slug}, ${region}`,
          }))}
        />
      )}
    </div>
  );
}

function useOrganizations(): Search<Organization[]> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    async (text) => {
      const search = text.trim();
      const page = search === "" ? { limit: most } : { limit: most, search };
      const { items } = await queryClient.fetchQuery(trpc.organizations.listAll.queryOptions(page));
      return items;
    },
    [queryClient, trpc],
  );
}
