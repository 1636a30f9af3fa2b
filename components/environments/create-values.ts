import type { PlaceValues } from "./place-values";

/** What the form of a new environment says. */
export interface CreateValues extends PlaceValues {
  name: string;
  slug: string;
  description: string;
}
