import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { sign } from "@/server/auth/sign";
import { env } from "@/server/kernel/env";
import { singleton } from "@/server/kernel/singleton";

const mostEntries = 50_000;
/** One signature does for so long, unless answers may outlive an outage for less than fifteen minutes. */
const longestReuseSeconds = 60;

interface Told {
  service: string;
  tenant: string;
  /** The exact body of the answer. */
  body: string;
}

interface Signed {
  until: number;
  entry: Promise<string>;
}

const signed = () => singleton("signed-entries", () => new LRUCache<string, Signed>({ max: mostEntries }));

/**
 * Says for how long a service may use an answer when Freehold cannot be asked: a JWS over the
 * digest of the body, for this service only. Signed once for each body and minute.
 */
export async function signEntry({ service, tenant, body }: Told): Promise<string> {
  const digest = createHash("sha256").update(body).digest("base64url");
  const key = `${service} ${digest}`;
  const now = Math.floor(Date.now() / 1000);
  const kept = signed().get(key);
  if (kept && now < kept.until) return kept.entry;
  const { outageSeconds } = env();
  const claims = { sub: tenant, aud: service, digest, iat: now, exp: now + outageSeconds };
  const entry = sign("freehold-entry+jwt", claims);
  signed().set(key, { until: now + Math.min(longestReuseSeconds, Math.floor(outageSeconds / 15)), entry });
  entry.catch(() => signed().delete(key));
  return entry;
}
