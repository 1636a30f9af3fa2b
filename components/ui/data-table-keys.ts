"use client";

import type { RefObject } from "react";

import { useShortcut } from "./use-shortcut";

function linksOf(body: HTMLElement | null) {
  return Array.from(body?.querySelectorAll<HTMLElement>("[data-row-link]") ?? []);
}

function move(body: HTMLElement | null, by: 1 | -1) {
  const links = linksOf(body);
  const row = document.activeElement?.closest("tr");
  const current = links.findIndex((link) => row?.contains(link));
  const start = by > 0 ? 0 : links.length - 1;
  const next = current === -1 ? start : Math.min(links.length - 1, Math.max(0, current + by));
  const target = links[next];
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

interface TableKeys {
  body: RefObject<HTMLElement | null>;
  enabled: boolean;
  selectable: boolean;
  toggleRow: (id: string) => void;
}

/** `j` and `k` move between the links of rows, so that Enter is the browser's; `x` selects. */
export function useTableKeys({ body, enabled, selectable, toggleRow }: TableKeys) {
  useShortcut({ key: "j", enabled, onPress: () => move(body.current, 1) });
  useShortcut({ key: "k", enabled, onPress: () => move(body.current, -1) });
  useShortcut({
    key: "x",
    enabled: enabled && selectable,
    onPress: () => {
      const row = document.activeElement?.closest<HTMLElement>("tr[data-row-id]");
      if (row?.dataset.rowId && body.current?.contains(row)) toggleRow(row.dataset.rowId);
    },
  });
}

function followRow(event: MouseEvent) {
  const { target } = event;
  if (!(target instanceof Element) || event.defaultPrevented) return;
  if (target.closest("a, button, input, label, [role=menu]")) return;
  if (window.getSelection()?.toString()) return;
  const link = target.closest("tbody tr")?.querySelector<HTMLAnchorElement>("a[data-row-link]");
  if (!link) return;
  if (event.metaKey || event.ctrlKey) window.open(link.href, "_blank", "noopener");
  else link.click();
}

/**
 * A ref: a press anywhere in a row follows its link, unless it meant something else, a control or a selection of text.
 * A convenience for the mouse; the link itself is what keyboards and screen readers use.
 */
export function followRows(table: HTMLElement | null) {
  table?.addEventListener("click", followRow);
  return () => table?.removeEventListener("click", followRow);
}
