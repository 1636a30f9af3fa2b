import type { Route } from "next";
import type { ReactNode } from "react";

export interface PaletteItem {
  /** Unique over all groups. */
  id: string;
  label: string;
  /** Beside the label, quieter: where it belongs. */
  hint?: string;
  /** Found by these too. */
  keywords?: string;
  icon?: ReactNode;
  /** At the end of the line: a pill, keys. */
  end?: ReactNode;
  /** Where it goes, or what it does. */
  href?: Route;
  onSelect?: () => void;
}

export interface PaletteGroup {
  label: string;
  items: readonly PaletteItem[];
}

function matches(item: PaletteItem, words: readonly string[]) {
  const text = `${item.label} ${item.hint ?? ""} ${item.keywords ?? ""}`.toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

/** The groups without what does not contain every word, and without what an earlier group already shows. */
export function filterGroups(groups: readonly PaletteGroup[], query: string) {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const seen = new Set<string>();
  return groups
    .map((group) => ({
      value: group.label,
      items: group.items.filter((item) => {
        if (seen.has(item.id) || !matches(item, words)) return false;
        seen.add(item.id);
        return true;
      }),
    }))
    .filter((group) => group.items.length > 0);
}
