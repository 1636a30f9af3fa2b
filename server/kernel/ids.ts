import { v7 } from "uuid";

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

/** Minted by the procedure that proved the caller's membership, and by sagas for rows they own. */
export type OrganizationId = Id<"organization">;
export type EnvironmentId = Id<"environment">;
export type UserId = Id<"user">;

/** A new UUIDv7: unique without coordination, and in time order for the indexes. */
export const newId = (): string => v7();

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True for a lower-case UUID, the only spelling of an id that Freehold accepts. */
export const isUuid = (value: string): boolean => uuid.test(value);

// The three functions below are the only places where a plain string becomes a proven id.
export const organizationId = (proven: string): OrganizationId => proven as OrganizationId;
export const environmentId = (proven: string): EnvironmentId => proven as EnvironmentId;
export const userId = (proven: string): UserId => proven as UserId;
