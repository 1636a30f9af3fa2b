import type { Route } from "next";
import type { PaletteItem } from "@/components/ui/palette-items";

const key = "freehold.recent";
const most = 5;

/** What was chosen last in this browser; nothing when the browser keeps nothing. */
export function recentItems(): PaletteItem[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept)
      ? kept.filter(isItem).map(({ id, label, hint, href }) => ({ id, label, hint, href: href as Route }))
      : [];
  } catch {
    return [];
  }
}

/** Only what leads somewhere is worth finding again. */
export function rememberItem({ id, label, hint, href }: PaletteItem): void {
  if (!href) return;
  const items = [{ id, label, hint, href }, ...recentItems().filter((item) => item.id !== id)].slice(0, most);
  try {
    localStorage.setItem(key, JSON.stringify(items));
  } catch {
    // A browser that keeps nothing has no recent items.
  }
}

function isItem(value: unknown): value is { id: string; label: string; hint: string; href: string } {
  if (typeof value !== "object" || value === null) return false;
  return (
    "id" in value &&
    "label" in value &&
    "href" in value &&
    typeof value.href === "string" &&
    value.href.startsWith("/")
  );
}
