import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import type { Access, AccessBook, Target } from "@/server/data-server/access";
import type { Db } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";
import { environmentId } from "@/server/kernel/ids";
import type { Secret } from "@/server/kernel/secret";
import type { ChangeFeed } from "./change-feed";
import { requireActive } from "@/server/domain/environments/require-active";
import { limitsOf } from "./limits";
import { recordUse } from "./record-use";

const mostEntries = 50_000;
const entryMs = 60_000;

const refused = () => new DomainError("unauthenticated", "This token does not open this database.");

/**
 * Which token opens which database, from the registry. Answers from memory while the change
 * feed is fresh: a suspension or a revocation is seen within half a second, and when the
 * registry cannot be read nobody gets in.
 */
export function createAccessBook(db: Db, feed: ChangeFeed): AccessBook {
  const known = new LRUCache<string, Promise<Entry | null>>({ max: mostEntries, ttl: entryMs });
  const byTenant = new Map<string, Set<string>>();
  feed.subscribe((changes) => {
    if (changes === null) forgetAll();
    else for (const { tenant } of changes) forget(tenant);
  });

  function forgetAll(): void {
    known.clear();
    byTenant.clear();
  }

  function forget(tenant: string): void {
    for (const hash of byTenant.get(tenant) ?? []) known.delete(hash);
    byTenant.delete(tenant);
  }

  async function look(hash: string): Promise<Entry | null> {
    if (!feed.isFresh()) return findEntry(db, hash);
    const kept = known.get(hash);
    if (kept) return kept;
    const looking = findEntry(db, hash);
    known.set(hash, looking);
    try {
      const entry = await looking;
      // A token that nobody has is not kept: it may be issued in a moment, and looking costs little.
      if (entry === null) known.delete(hash);
      else byTenant.set(entry.access.tenant, (byTenant.get(entry.access.tenant) ?? new Set()).add(hash));
      return entry;
    } catch (error) {
      known.delete(hash);
      throw error;
    }
  }

  return {
    async find(target, token) {
      const entry = await look(hashOf(token));
      if (!entry || !isFor(entry, target) || hasEnded(entry)) throw refused();
      requireActive(entry.status);
      return entry.access;
    },
    watch: (changed) =>
      feed.subscribe((changes) => {
        if (changes === null) changed("all");
        else for (const tenant of new Set(changes.map((change) => change.tenant))) changed(tenant);
      }),
    used: (samples) => recordUse(db, samples),
  };
}

const hashOf = (token: Secret): string => createHash("sha256").update(token.reveal()).digest("hex");

interface Entry {
  access: Access;
  status: typeof environment.$inferSelect.status;
  hostname: string;
  revokeAfter: Date | null;
}

function isFor({ access, hostname }: Entry, target: Target): boolean {
  if ("hostname" in target) return target.hostname === hostname;
  return target.database === access.databaseName || target.database === access.tenant;
}

function hasEnded({ access, revokeAfter }: Entry): boolean {
  const now = new Date();
  return (
    (access.expiresAt !== null && access.expiresAt <= now) || (revokeAfter !== null && revokeAfter <= now)
  );
}

async function findEntry(db: Db, tokenHash: string): Promise<Entry | null> {
  const { id, scope, expiresAt, revokeAfter } = databaseCredential;
  const [row] = await db
    .select({
      credential: { id, scope, expiresAt, revokeAfter },
      tenant: environment.id,
      status: environment.status,
      hostname: environment.hostname,
      tier: organization.tier,
      databaseName: environmentDatabase.databaseName,
      sizeMb: environmentDatabase.storageLimitMb,
    })
    .from(databaseCredential)
    .innerJoin(environmentDatabase, eq(environmentDatabase.id, databaseCredential.databaseId))
    .innerJoin(environment, eq(environment.id, environmentDatabase.environmentId))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .where(
      sql`${databaseCredential.tokenHash} = ${tokenHash} and ${databaseCredential.status} <> 'revoked' and ${environmentDatabase.driver} = 'sqlite'`,
    );
  if (!row) return null;
  const { credential, tenant, databaseName, tier, sizeMb, status, hostname } = row;
  return {
    access: {
      tenant: environmentId(tenant),
      databaseName,
      credentialId: credential.id,
      scope: credential.scope,
      expiresAt: credential.expiresAt,
      limits: limitsOf(tier, sizeMb),
    },
    status,
    hostname,
    revokeAfter: credential.revokeAfter,
  };
}
