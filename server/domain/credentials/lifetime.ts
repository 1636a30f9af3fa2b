import type { DriverKind } from "@/server/domain/clusters/names";

const dayMs = 24 * 3600 * 1000;

/**
 * Days after which a database ends a login by itself, whatever Freehold says: a token of Turso
 * lives 30, of which one is left for clocks and for the way.
 */
const longestDays: Partial<Record<DriverKind, number>> = { turso: 29 };

/** When a credential that is issued now ends: after `days`, or as soon as its database would end it. */
export function endOf(driver: DriverKind, issuedAt: Date, days: number | null): Date | null {
  const most = longestDays[driver];
  const lives = days === null || most === undefined ? (days ?? most) : Math.min(days, most);
  return lives === undefined ? null : new Date(issuedAt.getTime() + lives * dayMs);
}

/** Days between the rotations of what services are given, where it would end by itself otherwise. */
export function renewalDays(driver: DriverKind): number | null {
  const most = longestDays[driver];
  return most === undefined ? null : Math.floor((most * 2) / 3);
}
