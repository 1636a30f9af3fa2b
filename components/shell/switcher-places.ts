import type { EnvironmentType } from "@/server/domain/environments/names";

export interface EnvironmentPlace {
  slug: string;
  name: string;
  envType: EnvironmentType;
  organization: { slug: string; name: string };
}

export interface OrganizationPlace {
  slug: string;
  name: string;
}

/** Where a person can go; the shape in which the API lists it. */
export interface Places {
  organizations: readonly OrganizationPlace[];
  environments: readonly EnvironmentPlace[];
  recent: readonly EnvironmentPlace[];
}

export interface PlaceOption {
  id: string;
  name: string;
  organization: OrganizationPlace;
  /** Null is the organization itself. */
  environment: EnvironmentPlace | null;
}

export interface PlaceGroup {
  value: string;
  /** Names the group in full: two organizations may share a name. */
  slug: string;
  items: PlaceOption[];
}

function environmentOption(place: EnvironmentPlace, group: string): PlaceOption {
  return {
    id: `${group}/${place.organization.slug}/${place.slug}`,
    name: place.name,
    organization: place.organization,
    environment: place,
  };
}

function organizationOption(place: OrganizationPlace): PlaceOption {
  return { id: place.slug, name: place.name, organization: place, environment: null };
}

/** Recent environments first while nothing is typed, then each organization with its environments, the present one first. */
export function groupPlaces(places: Places, query: string, current: string | null): PlaceGroup[] {
  const groups = new Map<string, PlaceGroup>();
  for (const place of places.organizations) {
    groups.set(place.slug, { value: place.name, slug: place.slug, items: [organizationOption(place)] });
  }
  for (const place of places.environments) {
    const { slug, name } = place.organization;
    const group = groups.get(slug) ?? { value: name, slug, items: [organizationOption(place.organization)] };
    group.items.push(environmentOption(place, "all"));
    groups.set(slug, group);
  }
  const sorted = [...groups.values()].sort(
    (left, right) => Number(right.slug === current) - Number(left.slug === current),
  );
  if (query !== "" || places.recent.length < 2) return sorted;
  const recent = places.recent.map((place) => environmentOption(place, "recent"));
  return [{ value: "Recent", slug: "", items: recent }, ...sorted];
}
