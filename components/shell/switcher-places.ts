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
  /** Tells it from another environment of the organization that has the same name. */
  hint: string | null;
}

export interface PlaceGroup {
  value: string;
  /** Names the group in full: two organizations may share a name. */
  slug: string;
  items: PlaceOption[];
}

function environmentOption(place: EnvironmentPlace, group: string, all: Places): PlaceOption {
  const hasTwin = [...all.environments, ...all.recent].some(
    (other) =>
      other.organization.slug === place.organization.slug &&
      other.name === place.name &&
      other.slug !== place.slug,
  );
  return {
    id: `${group}/${place.organization.slug}/${place.slug}`,
    name: place.name,
    organization: place.organization,
    environment: place,
    hint: hasTwin ? place.slug : null,
  };
}

function organizationOption(place: OrganizationPlace): PlaceOption {
  return { id: place.slug, name: place.name, organization: place, environment: null, hint: null };
}

/**
 * Recent environments first while nothing is typed, then each organization with its environments,
 * the present one first. An organization that does not match what was typed only heads its group:
 * enter goes to what matches.
 */
export function groupPlaces(places: Places, query: string, current: string | null): PlaceGroup[] {
  const groups = new Map<string, PlaceGroup>();
  for (const place of places.organizations) {
    groups.set(place.slug, { value: place.name, slug: place.slug, items: [organizationOption(place)] });
  }
  for (const place of places.environments) {
    const { slug, name } = place.organization;
    const own = query === "" ? [organizationOption(place.organization)] : [];
    const group = groups.get(slug) ?? { value: name, slug, items: own };
    group.items.push(environmentOption(place, "all", places));
    groups.set(slug, group);
  }
  const sorted = [...groups.values()].sort(
    (left, right) => Number(right.slug === current) - Number(left.slug === current),
  );
  if (query !== "" || places.recent.length < 2) return sorted;
  const recent = places.recent.map((place) => environmentOption(place, "recent", places));
  return [{ value: "Recent", slug: "", items: recent }, ...sorted];
}
