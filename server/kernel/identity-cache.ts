import { LRUCache } from "lru-cache";
import { singleton } from "./singleton";

/** Who a session token or an API key belongs to, as it was read from the database. */
export interface Identity {
  userId: string;
  name: string;
  email: string;
  emailVerified: boolean;
  isOperator: boolean;
  sessionToken: string | null;
  activeEnvironmentId: string | null;
  apiKey: { id: string; name: string } | null;
  /** Milliseconds since 1970; checked at every use. */
  expiresAt: number;
}

/**
 * Identities for at most two seconds, so that a page or a call does not look its caller
 * up again. This process forgets them at once when they change; another one within the two.
 */
const cache = () => singleton("identities", () => new LRUCache<string, Identity>({ max: 10_000, ttl: 2000 }));

export function cachedIdentity(key: string): Identity | undefined {
  const identity = cache().get(key);
  return identity && identity.expiresAt > Date.now() ? identity : undefined;
}

export function cacheIdentity(key: string, identity: Identity): void {
  cache().set(key, identity);
}

/** Forgets everything known of a person: sessions and keys. */
export function forgetIdentity(userId: string): void {
  for (const [key, identity] of cache().entries()) {
    if (identity.userId === userId) cache().delete(key);
  }
}
