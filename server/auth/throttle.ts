import { APIError } from "better-auth/api";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { singleton } from "@/server/kernel/singleton";

const Body = z.object({ email: z.string() });
const attempts = () =>
  singleton("sign-in-attempts", () => new LRUCache<string, number>({ max: 100_000, ttl: 300_000 }));

/** At most twenty tries to sign in per address in five minutes, wherever they come from. */
export function requireUnderLimit(body: unknown): void {
  const parsed = Body.safeParse(body);
  if (!parsed.success) return;
  const key = parsed.data.email.trim().toLowerCase().slice(0, 254);
  const count = (attempts().get(key) ?? 0) + 1;
  // noUpdateTTL keeps the window where it began.
  attempts().set(key, count, { noUpdateTTL: true });
  if (count > 20)
    throw new APIError("TOO_MANY_REQUESTS", {
      code: "TOO_MANY_REQUESTS",
      message: "Too many tries. Wait five minutes, then sign in again.",
    });
}

/** A sign-in that worked starts the count anew. */
export function forgetAttempts(email: string): void {
  attempts().delete(email.toLowerCase());
}
