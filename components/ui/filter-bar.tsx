"use client";

import { ChevronDown, Search, X } from "lucide-react";
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react";

import { Button } from "./button";
import { cn } from "./cn";
import { controlStyle } from "./control-style";
import { Menu } from "./menu";
import { useShortcut } from "./use-shortcut";

const SEARCH_DELAY = 250;

export interface Facet {
  id: string;
  label: string;
  /** Empty for any. */
  value: string;
  options: readonly { value: string; label: string; icon?: ReactNode }[];
  onChange: (value: string) => void;
}

export interface FilterBarProps {
  /** Left out: no search. */
  search?: { value: string; onChange: (value: string) => void; label: string };
  facets?: readonly Facet[];
  /** Shown while anything is set. */
  onReset?: () => void;
  /** At the end of the row. */
  action?: ReactNode;
}

function useDebounced(value: string, onChange: (value: string) => void) {
  const [draft, setDraft] = useState(value);
  const [settled, setSettled] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address may change from outside (back, reset); what is being typed is not taken away by its own echo.
  if (value !== settled) {
    setSettled(value);
    setDraft(value);
  }
  function commit(next: string) {
    clearTimeout(timer.current);
    const trimmed = next.trim();
    if (trimmed === settled) return;
    setSettled(trimmed);
    onChange(trimmed);
  }
  function type(next: string) {
    setDraft(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => commit(next), SEARCH_DELAY);
  }
  return { draft, type, commit };
}

function SearchField({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (value: string) => void;
  label: string;
}) {
  const input = useRef<HTMLInputElement>(null);
  const { draft, type, commit } = useDebounced(value, onChange);
  // What was typed before the page's code was there.
  const takeEarly = useEffectEvent(() => {
    const typed = input.current?.value ?? "";
    if (typed !== draft) type(typed);
  });
  useEffect(() => takeEarly(), []);
  useShortcut({
    key: "/",
    onPress: (event) => {
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    },
  });
  return (
    <div className="relative flex min-w-0 flex-1 basis-48 items-center sm:max-w-72">
      <Search aria-hidden="true" className="pointer-events-none absolute left-2.5 size-4 text-faint" />
      <input
        ref={input}
        type="search"
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={draft}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit(draft);
          if (event.key === "Escape" && draft === "") event.currentTarget.blur();
          else if (event.key === "Escape") {
            type("");
            commit("");
          }
        }}
        className={cn(
          controlStyle,
          "h-8 pr-8 pl-8 text-table [&::-webkit-search-cancel-button]:hidden pointer-coarse:h-10",
        )}
      />
      <kbd
        aria-hidden="true"
        className={cn(
          "pointer-events-none absolute right-2 rounded-sm border border-line px-1 font-sans text-[11px] leading-4 text-faint pointer-coarse:hidden",
          draft && "hidden",
        )}
      >
        /
      </kbd>
    </div>
  );
}

function FacetMenu({ facet }: { facet: Facet }) {
  const chosen = facet.options.find((option) => option.value === facet.value);
  const choice = {
    kind: "choice" as const,
    label: facet.label,
    value: facet.value,
    onValueChange: facet.onChange,
    options: [{ value: "", label: "Any" }, ...facet.options],
  };
  return (
    <Menu
      label={chosen ? `${facet.label}: ${chosen.label}` : facet.label}
      items={[choice]}
      variant="secondary"
      align="start"
      className={cn("max-w-60 font-normal pointer-coarse:h-10", chosen ? "border-ink/40" : "text-muted")}
    >
      <span className={chosen ? "text-faint" : undefined}>
        {facet.label}
        {chosen && ":"}
      </span>
      {chosen && <span className="truncate text-ink">{chosen.label}</span>}
      <ChevronDown className="size-3.5! text-faint" />
    </Menu>
  );
}

/** Search and two or three facets; the page keeps their state in the address. */
export function FilterBar({ search, facets = [], onReset, action }: FilterBarProps) {
  const active = Boolean(search?.value) || facets.some((facet) => facet.value);
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      {search && <SearchField {...search} />}
      {facets.map((facet) => (
        <FacetMenu key={facet.id} facet={facet} />
      ))}
      {active && onReset && (
        <Button variant="ghost" onClick={onReset}>
          <X />
          Reset
        </Button>
      )}
      {action && <div className="ml-auto flex gap-2">{action}</div>}
    </div>
  );
}
