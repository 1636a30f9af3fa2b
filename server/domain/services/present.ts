import type { service } from "@/drizzle/control/schema/services";

/** A service as operators see it: everything but what its key could be made of. */
export function presentService({ keyHash: _, ...facts }: typeof service.$inferSelect) {
  return facts;
}
