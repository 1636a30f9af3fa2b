"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { ApiOutputs } from "@/components/api/outputs";
import { useTRPC } from "@/components/api/trpc";
import { paths } from "@/components/paths";
import { Avatar } from "@/components/ui/avatar";
import { BusyText } from "@/components/ui/busy-text";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { TextLink } from "@/components/ui/text-link";
import { useSearch, type Search } from "@/components/ui/use-search";
import { organizationRoleMay, type EnvironmentRole } from "@/server/kernel/roles";
import type { MembersPlace } from "./environment-member";
import { environmentRoleWords } from "./role-words";

type Person = ApiOutputs["members"]["list"]["items"][number];

interface Candidate extends Person {
  /** Their role in the environment, when they have one already. */
  has: EnvironmentRole | null;
}

const most = 6;

interface PersonChoiceProps extends MembersPlace {
  value: string | null;
  onValueChange: (userId: string) => void;
}

/** One of the organization's members, found by name or e-mail. */
export function PersonChoice({ organization, environment, value, onValueChange }: PersonChoiceProps) {
  const [text, setText] = useState("");
  const { result, pending, failed } = useSearch(text, useCandidates(organization.slug, environment.id));
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field label="Person" hint={`Members of ${organization.name}, by name or e-mail.`}>
        <Input
          type="search"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
      </Field>
      {failed && (
        <p className="text-table text-red">The members could not be searched. Type again to retry.</p>
      )}
      {pending && !result && <BusyText>Loading members…</BusyText>}
      {result?.length === 0 && (
        <p className="text-table text-muted">
          No member matches. People come into the organization{" "}
          <TextLink href={paths.members(organization.slug)}>by invitation</TextLink>.
        </p>
      )}
      {result && result.length > 0 && (
        <RadioCards
          legend="Person"
          hideLegend
          name="person"
          value={value}
          onValueChange={onValueChange}
          options={result.map((person) => ({
            value: person.userId,
            label: <bdi>{person.name}</bdi>,
            icon: <Avatar name={person.name} size="sm" className="order-first" />,
            description: <bdi>{person.email}</bdi>,
            disabledReason: reasonAgainst(person),
          }))}
        />
      )}
    </div>
  );
}

function reasonAgainst(person: Candidate): string | null {
  if (person.has)
    return `${person.email} is ${environmentRoleWords[person.has].label.toLowerCase()} here already.`;
  const isAdmin = organizationRoleMay(person.role, "environment.create");
  return isAdmin ? `${person.email} is ${person.role} of the organization, and so admin here already.` : null;
}

/** Both lists sort and search alike, so whoever is among the first of the one is among the first of the other. */
function useCandidates(organization: string, environment: string): Search<Candidate[]> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    async (text) => {
      const page = text.trim() === "" ? { limit: most } : { limit: most, search: text.trim() };
      const [people, members] = await Promise.all([
        queryClient.fetchQuery(trpc.members.list.queryOptions({ organization, ...page })),
        queryClient.fetchQuery(trpc.members.listEnvironment.queryOptions({ environment, ...page })),
      ]);
      const roles = new Map(members.items.map((member) => [member.userId, member.role]));
      return people.items.map((person) => ({ ...person, has: roles.get(person.userId) ?? null }));
    },
    [organization, environment, queryClient, trpc],
  );
}
