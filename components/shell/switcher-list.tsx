"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Building2, Check, Plus, Search as SearchIcon } from "lucide-react";
import { memo, useMemo, useState } from "react";

import { cn } from "@/components/ui/cn";
import { optionStyle } from "@/components/ui/float-style";
import { useSearch, type Search } from "@/components/ui/use-search";

import { EnvironmentPill } from "./environment-pill";
import { groupPlaces, type PlaceGroup, type PlaceOption, type Places } from "./switcher-places";
import { PlaceSkeleton } from "./switcher-skeleton";

export interface SwitcherListProps {
  current: string | null;
  currentEnvironment: string | null;
  search: Search<Places>;
  onSelect: (organizationSlug: string, environmentSlug: string | null) => void;
  onCreate?: (() => void) | undefined;
}

interface PlaceLineProps {
  option: PlaceOption;
  /** In the group of recent ones the organization is named too. */
  recent: boolean;
  here: boolean;
  onSelect: SwitcherListProps["onSelect"];
}

/** The list asks for its lines anew with every key; a line stays as it was drawn. */
const PlaceLine = memo(function PlaceLine({ option, recent, here, onSelect }: PlaceLineProps) {
  const { environment, organization, name, hint } = option;
  return (
    <Autocomplete.Item
      value={option}
      onClick={() => onSelect(organization.slug, environment?.slug ?? null)}
      className={cn(optionStyle, environment && !recent && "pl-8", !environment && "font-medium")}
    >
      {!environment && <Building2 className="text-faint" />}
      <span className="flex min-w-0 flex-1 items-baseline gap-1.5">
        <bdi title={name} className="truncate">
          {name}
        </bdi>
        {hint && <bdi className="shrink truncate font-mono text-xs text-faint">{hint}</bdi>}
        {recent && <bdi className="shrink-[2] truncate text-xs text-faint">{organization.name}</bdi>}
      </span>
      {here && <Check aria-label="You are here" className="text-faint" />}
      {environment && <EnvironmentPill type={environment.envType} />}
    </Autocomplete.Item>
  );
});

function PlaceList(props: {
  isHere: (option: PlaceOption) => boolean;
  onSelect: SwitcherListProps["onSelect"];
}) {
  return (
    <Autocomplete.List className="max-h-[min(26rem,60dvh)] overflow-y-auto overscroll-contain p-1 empty:p-0">
      {(group: PlaceGroup) => {
        const recent = group.slug === "";
        const headed = group.items[0]?.environment === null;
        return (
          <Autocomplete.Group
            key={group.slug}
            items={group.items}
            className="py-1 not-first:border-t not-first:border-line"
          >
            <Autocomplete.GroupLabel
              className={headed ? "sr-only" : "truncate px-2 pt-1 pb-1 text-xs text-faint"}
            >
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(option: PlaceOption) => (
                <PlaceLine
                  key={option.id}
                  option={option}
                  recent={recent}
                  here={props.isHere(option)}
                  onSelect={props.onSelect}
                />
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        );
      }}
    </Autocomplete.List>
  );
}

/** What the switcher opens, loaded when somebody points at it. */
export function SwitcherList({ current, currentEnvironment, search, onSelect, onCreate }: SwitcherListProps) {
  const [query, setQuery] = useState("");
  const text = query.trim();
  const { result, answered, pending, failed } = useSearch(text, search);
  const groups = useMemo(
    () => (result ? groupPlaces(result, answered, current) : []),
    [result, answered, current],
  );
  const isHere = (option: PlaceOption) =>
    option.organization.slug === current && (option.environment?.slug ?? null) === currentEnvironment;
  const status = failed
    ? "The list could not be loaded"
    : !pending && groups.length === 0
      ? "Nothing has this name"
      : null;
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      mode="none"
      value={query}
      onValueChange={(next, change) => change.reason !== "item-press" && setQuery(next)}
      itemToStringValue={(option: PlaceOption) => option.name}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2 border-b border-line px-3">
        <SearchIcon aria-hidden="true" className="size-4 shrink-0 text-faint" />
        <Autocomplete.Input
          autoFocus
          aria-label="Find an organization or environment"
          placeholder="Find an organization or environment"
          dir="auto"
          className="h-10 min-w-0 flex-1 bg-transparent text-table outline-none placeholder:text-faint pointer-coarse:text-lg"
        />
      </div>
      {!result && pending && <PlaceSkeleton />}
      <PlaceList isHere={isHere} onSelect={onSelect} />
      <p role="status" className={cn("px-3 text-table text-faint", status && "py-3")}>
        {status}
      </p>
      {onCreate && (
        <div className="border-t border-line p-1">
          <button
            type="button"
            onClick={onCreate}
            className={cn(optionStyle, "hover:bg-hover focus-visible:-outline-offset-2")}
          >
            <Plus className="text-faint" />
            New organization
          </button>
        </div>
      )}
    </Autocomplete.Root>
  );
}
