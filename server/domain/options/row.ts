import type { environmentOptions, optionsDefinition } from "@/drizzle/control/schema/options";
import type { JsonObject } from "@/sdk/options/json";

export type OptionsRow = typeof environmentOptions.$inferSelect;
export type DefinitionRow = typeof optionsDefinition.$inferSelect;

// What the schema has checked, and what it let into the columns: nothing but JSON objects.
export const asOptions = (checked: unknown) => checked as JsonObject;

/** As it leaves the server. */
export const shown = (value: JsonObject): Record<string, unknown> => value;
