import { v7 } from "uuid";
import { uniqueBytes } from "./random";

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** Minted by the procedure that proved the caller's membership, and by sagas for rows they own. */
export type OrganizationId = Id<"organization">;
export type EnvironmentId = Id<"environment">;
export type UserId = Id<"user">;

let msecs = 0;
let seq = 0;

/** A new UUIDv7: unique without coordination, and in the order of its making within a process. */
export function newId(): string {
  const random = uniqueBytes(16);
  const now = Date.now();
  // Counts up within a millisecond, from a random start that leaves it two thousand million steps.
  seq = now > msecs ? random.readUInt32BE(6) >>> 1 : seq + 1;
  msecs = Math.max(now, msecs);
  return v7({ random, msecs, seq });
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a lower-case UUID, the only spelling of an id that Freehold accepts. */
export const isUuid = (value: string): boolean => uuid.test(value);

// The three functions below are the only places where a plain string becomes a proven id.
export const organizationId = (proven: string): OrganizationId => proven as OrganizationId;
export const environmentId = (proven: string): EnvironmentId => proven as EnvironmentId;
export const userId = (proven: string): UserId => proven as UserId;
