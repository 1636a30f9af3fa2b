import { eq } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { environment } from "@/drizzle/control/schema/environments";
import type { Db } from "@/server/db/client";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import { isUuid } from "@/server/kernel/ids";
import { singleton } from "@/server/kernel/singleton";
import { answerCache, etagOf, maxAgeSeconds } from "./answer-cache";
import { changeFeed } from "./change-feed";
import { findTenant } from "./find-tenant";

/** Who a tenant is and how it stands: the body of an answer, with its entity tag. */
export interface TenantFacts {
  etag: string;
  body: string;
  tenant: string;
  hostname: string;
}

/** A tenant of any status; throws `invalid` or `not_found`. From memory while the change feed is fresh. */
export async function getTenantFacts(db: Db, tenant: string): Promise<TenantFacts> {
  if (!isUuid(tenant)) throw new DomainError("invalid", "A tenant is named by its id, a lower-case UUID.");
  const cache = answerCache<TenantFacts>("tenant-facts", await changeFeed(db), (changed) => [changed]);
  return cache.get(tenant, () => makeFacts(db, tenant));
}

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const hostShape = new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`);

const hosts = () => singleton("hosts", () => new LRUCache<string, string>({ max: 10_000 }));

/** The tenant that a host name is registered for, spelled as it is registered: lower case, no port, no final dot. */
export async function getTenantFactsByHost(db: Db, host: string): Promise<TenantFacts> {
  if (!hostShape.test(host))
    throw new DomainError("invalid", "A host is a name in lower case, without port and final dot.");
  const known = hosts().get(host);
  const facts = known === undefined ? null : await getTenantFacts(db, known).catch(nullWhenGone);
  if (facts?.hostname === host) return facts;
  const [row] = await db
    .select({ id: environment.id })
    .from(environment)
    .where(eq(environment.hostname, host));
  if (!row) throw new DomainError("not_found", "No tenant has this host name.");
  hosts().set(host, row.id);
  return getTenantFacts(db, row.id);
}

function nullWhenGone(error: unknown): null {
  if (isDomainError(error) && error.code === "not_found") return null;
  throw error;
}

async function makeFacts(db: Db, tenant: string): Promise<TenantFacts> {
  const { slug, organization, status, epoch, hostname, database } = await findTenant(db, tenant);
  const { isolation, driver, region } = database;
  const body = JSON.stringify({
    tenant,
    organization,
    environment: slug,
    status,
    epoch,
    isolation,
    driver,
    region,
    hostname,
    max_age_seconds: maxAgeSeconds,
  });
  return { etag: etagOf(body), body, tenant, hostname };
}
