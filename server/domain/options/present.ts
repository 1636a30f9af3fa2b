import { asOptions, shown, type OptionsRow } from "./row";

/** The overlay as members see it; version 0 when there never was one. */
export function presentOptions(name: string, row: OptionsRow | null) {
  return {
    name,
    version: row?.version ?? 0,
    value: shown(row ? asOptions(row.value) : {}),
    reason: row?.reason ?? "",
    changedAt: row?.changedAt ?? null,
    changedBy: row?.changedBy ?? null,
  };
}
