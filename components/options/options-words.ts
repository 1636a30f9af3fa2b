import type { ApiOutputs } from "@/components/api/outputs";
import type { JsonObject } from "@/sdk/options/json";
import { isJsonObject } from "@/sdk/options/json";

export type OptionsRow = ApiOutputs["options"]["list"]["items"][number];
export type OptionsDetail = ApiOutputs["options"]["get"];
export type OptionsVersionRow = ApiOutputs["options"]["history"]["items"][number];

// The API answers with JSON.
export const asOptions = (value: Record<string, unknown>) => value as JsonObject;

export const textOf = (value: unknown) => JSON.stringify(value, null, 2);

/** The overlay that a text holds, or why it holds none. */
export function readOverlay(text: string): { value: JsonObject } | { problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? { value } : { problem: "An overlay is a JSON object: { … }." };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "This is not JSON." };
  }
}

/** "2 options", "the defaults". */
export function overridesText(count: number): string {
  if (count === 0) return "the defaults";
  return count === 1 ? "1 option" : `${count} options`;
}
