import { failureOf } from "./failure-of.ts";

/**
 * Prisma's adapters keep of a driver's error only what they know themselves. One that Freehold is
 * asked about is wrapped, so that they hand it on with its cause.
 */
export function passRefusal(error: unknown): never {
  if (failureOf(error) === "other") throw error;
  throw new Error("The tenant's database cannot be used.", { cause: error });
}
