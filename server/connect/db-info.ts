import type { Db } from "@/server/db/client";
import { credentialScopes, type CredentialScope } from "@/server/domain/credentials/names";
import { DomainError } from "@/server/kernel/errors";
import { isUuid } from "@/server/kernel/ids";
import { answerCache, etagOf, maxAgeSeconds } from "./answer-cache";
import { changeFeed } from "./change-feed";
import { entryFor } from "./entry-for";
import { ensureServicesCredential } from "./ensure-credential";
import { findTenant } from "./find-tenant";
import type { Service } from "./identify-service";
import { requireActive } from "@/server/domain/environments/require-active";
import { limitsOf } from "./limits";
import { schemaVersionsOf } from "@/server/domain/packages/schema-versions";
import { recordDelivery } from "./record-delivery";

/** Where a tenant lives and how to get in: the body of an answer, with its entity tag. */
export interface DbInfo {
  etag: string;
  body: string;
  credentialId: string;
}

/**
 * Where the tenant's database is, with a credential of the service's own scope; throws
 * `invalid`, `not_found` or `tenant_inactive`. From memory while the change feed is fresh, so
 * that a warm answer costs no query; what changed is forgotten within half a second.
 */
export async function getDbInfo(db: Db, service: Service, tenant: string): Promise<DbInfo> {
  if (!isUuid(tenant)) throw new DomainError("invalid", "A tenant is named by its id, a lower-case UUID.");
  const cache = answerCache<DbInfo>("db-info", await changeFeed(db), (changed) =>
    credentialScopes.map((scope) => `${changed} ${scope}`),
  );
  const answer = await cache.get(`${tenant} ${service.credentialScope}`, () =>
    makeAnswer(db, tenant, service.credentialScope),
  );
  await recordDelivery(db, service, { tenant, credentialId: answer.credentialId });
  return answer;
}

async function makeAnswer(db: Db, tenant: string, scope: CredentialScope): Promise<DbInfo> {
  const asked = await findTenant(db, tenant);
  requireActive(asked.status);
  const { credential, isNew } = await ensureServicesCredential(db, asked, scope);
  // A new credential raises the epoch, and an answer with the old one would be out of date at once.
  const found = isNew ? await findTenant(db, tenant) : asked;
  const { url, username, secret, context } = await entryFor(db, found.database, credential);
  const body = JSON.stringify({
    tenant,
    isolation: found.database.isolation,
    driver: found.database.driver,
    region: found.database.region,
    url,
    credential: {
      id: credential.id,
      generation: credential.generation,
      scope: credential.scope,
      username,
      secret,
      expires_at: credential.expiresAt?.toISOString() ?? null,
    },
    context,
    schema_versions: await schemaVersionsOf(db, found.database),
    limits: limitsFor(found),
    epoch: found.epoch,
    max_age_seconds: maxAgeSeconds,
  });
  return { etag: etagOf(body), body, credentialId: credential.id };
}

function limitsFor({ tier, database }: Awaited<ReturnType<typeof findTenant>>) {
  const { statementMs, rows, resultBytes, sizeMb } = limitsOf(tier, database.storageLimitMb);
  return { statement_ms: statementMs, rows, result_bytes: resultBytes, size_mb: sizeMb };
}
