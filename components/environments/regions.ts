import { regions } from "@/server/domain/environments/names";

export type Region = (typeof regions)[number];

const places: Record<Region, string> = {
  "us-east": "United States, east",
  "us-west": "United States, west",
  "eu-west": "Europe, west",
  "eu-central": "Europe, central",
  "ap-southeast": "Asia Pacific, south-east",
  "ap-northeast": "Asia Pacific, north-east",
};

export const regionOptions = regions.map((value) => ({ value, label: value, description: places[value] }));

export function isRegion(value: string): value is Region {
  return Object.hasOwn(places, value);
}

/** Said wherever a region is chosen: only a fence keeps a database from landing elsewhere. */
export const regionHint =
  "A cluster there is taken before all others. Only a residency fence rules the others out.";
