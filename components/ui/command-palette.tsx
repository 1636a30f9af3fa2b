"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";

import { cn } from "./cn";
import { optionStyle } from "./float-style";
import { Kbd } from "./kbd";
import { filterGroups, type PaletteGroup, type PaletteItem } from "./palette-items";
import { useSearch, type Search as SearchPlaces } from "./use-search";

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Shown first, until something is typed and while it matches. */
  recent?: readonly PaletteItem[];
  /** What is always there: places and what the page can do. Filtered here. */
  groups: readonly PaletteGroup[];
  /** Everything else by name, from the server; called after a pause in typing. */
  search?: SearchPlaces<readonly PaletteGroup[]>;
  /** Tells which item was chosen, to remember it. */
  onChoose?: (item: PaletteItem) => void;
  placeholder?: string;
}

const nothing: readonly PaletteGroup[] = [];

function PaletteLine({ item, onChoose }: { item: PaletteItem; onChoose: (item: PaletteItem) => void }) {
  return (
    <Autocomplete.Item value={item} onClick={() => onChoose(item)} className={cn(optionStyle, "min-h-9")}>
      <span className="flex size-4 shrink-0 items-center justify-center text-faint">{item.icon}</span>
      <span className="flex min-w-0 flex-1 items-baseline gap-2">
        <bdi className="truncate">{item.label}</bdi>
        {item.hint && <bdi className="shrink-[2] truncate text-xs text-faint">{item.hint}</bdi>}
      </span>
      {item.end}
    </Autocomplete.Item>
  );
}

function statusText(remote: { pending: boolean; failed: boolean }, count: number, query: string) {
  if (remote.pending) return "Searching…";
  if (remote.failed) return "The search did not answer. What is listed is known without it.";
  return count === 0 ? `Nothing is called “${query}”` : null;
}

function Results({ onChoose }: { onChoose: (item: PaletteItem) => void }) {
  return (
    <Autocomplete.List className="max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1 empty:p-0">
      {(group: { value: string; items: PaletteItem[] }) => (
        <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1">
          <Autocomplete.GroupLabel className="px-2 pt-2 pb-1 text-xs text-faint">
            {group.value}
          </Autocomplete.GroupLabel>
          <Autocomplete.Collection>
            {(item: PaletteItem) => <PaletteLine key={item.id} item={item} onChoose={onChoose} />}
          </Autocomplete.Collection>
        </Autocomplete.Group>
      )}
    </Autocomplete.List>
  );
}

function PaletteBody({
  recent = [],
  groups,
  search,
  onChoose,
  onOpenChange,
  placeholder,
}: CommandPaletteProps) {
  const router = useRouter();
  const [query, setQuery] = useState("");
  const text = query.trim();
  const remote = useSearch(text, text && search ? search : null);
  const found = remote.result ?? nothing;
  const items = useMemo(
    () => filterGroups([{ label: "Recent", items: recent }, ...groups, ...found], query),
    [recent, groups, found, query],
  );
  function choose(item: PaletteItem) {
    onOpenChange(false);
    onChoose?.(item);
    item.onSelect?.();
    if (item.href) router.push(item.href);
  }
  const status = statusText(remote, items.length, query);
  return (
    <Autocomplete.Root
      open
      inline
      items={items}
      mode="none"
      value={query}
      onValueChange={(next, change) => change.reason !== "item-press" && setQuery(next)}
      itemToStringValue={(item: PaletteItem) => item.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-b border-line px-3">
        <Search aria-hidden="true" className="size-4 shrink-0 text-faint" />
        <Autocomplete.Input
          aria-label="Search or jump to"
          placeholder={placeholder ?? "Search or jump to…"}
          dir="auto"
          className="h-11 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-faint pointer-coarse:text-lg"
        />
        <Kbd keys={["Esc"]} />
      </div>
      <Results onChoose={choose} />
      <p role="status" className={cn("px-3 text-table text-faint", status && "py-3")}>
        {status}
      </p>
    </Autocomplete.Root>
  );
}

/** The palette itself, loaded when it first opens. */
/** Go anywhere by name, do what the page can do. */
export function CommandPalette(props: CommandPaletteProps) {
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => props.onOpenChange(open)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="veil fixed inset-0 z-40" />
        <Dialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center px-3 pt-[12vh]">
          <Dialog.Popup
            aria-label="Command palette"
            className="float w-full max-w-xl min-w-0 overflow-hidden rounded-md bg-panel shadow-float outline-none"
          >
            <PaletteBody {...props} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
