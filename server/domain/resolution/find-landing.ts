import { and, desc, eq, isNull, or } from "drizzle-orm";
import { cluster } from "@/drizzle/control/schema/clusters";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import { pool } from "@/drizzle/control/schema/pools";
import { service } from "@/drizzle/control/schema/services";
import type { Db } from "@/server/db/client";
import { addressIn } from "@/server/domain/credentials/address";
import type { CredentialScope } from "@/server/domain/credentials/names";
import { schemaVersionsOf } from "@/server/domain/packages/schema-versions";
import { servicesLoginFor } from "@/server/kernel/database-name";

/** The scope of the credentials that a service is given, found by its name or id; null when none has it. */
export async function scopeOfService(db: Db, named: string): Promise<CredentialScope | null> {
  const [row] = await db
    .select({ scope: service.credentialScope })
    .from(service)
    .where(and(or(eq(service.name, named), eq(service.id, named)), isNull(service.revokedAt)))
    .orderBy(desc(service.createdAt), desc(service.id))
    .limit(1);
  return row?.scope ?? null;
}

/** Who a tenant is, where it lives and how a service would get in: everything but the secret. */
export async function findLanding(db: Db, tenant: string, scope: CredentialScope) {
  const found = await findHome(db, tenant);
  if (!found) return null;
  const { environment: place, organization: home, database, cluster: at, pool: inside } = found;
  const { isolation, driver, region, placement } = database;
  return {
    tenant: {
      id: place.id,
      name: place.name,
      environment: place.slug,
      envType: place.envType,
      organization: home.slug,
      organizationName: home.name,
      status: place.status,
      statusReason: place.statusReason,
      hostname: place.hostname,
      epoch: place.epoch,
    },
    placement: {
      isolation,
      driver,
      region,
      cluster: { id: at.id, slug: at.slug },
      pool: inside,
      steps: placement,
    },
    connection: await connectionOf(db, found, scope),
    schemaVersions: Object.entries(await schemaVersionsOf(db, database)).map(([name, version]) => ({
      name,
      version,
    })),
  };
}

type Found = NonNullable<Awaited<ReturnType<typeof findHome>>>;

async function findHome(db: Db, tenant: string) {
  const [row] = await db
    .select({
      environment,
      organization: { slug: organization.slug, name: organization.name },
      database: environmentDatabase,
      cluster: { id: cluster.id, slug: cluster.slug, address: cluster.address },
      pool: { id: pool.id, slug: pool.slug },
    })
    .from(environment)
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .innerJoin(cluster, eq(cluster.id, environmentDatabase.clusterId))
    .leftJoin(pool, eq(pool.id, environmentDatabase.poolId))
    .where(eq(environment.id, tenant));
  return row ?? null;
}

async function connectionOf(db: Db, { database, cluster: at }: Found, scope: CredentialScope) {
  const { id, generation, issuedAt, expiresAt } = databaseCredential;
  const [credential = null] = await db
    .select({ id, generation, issuedAt, expiresAt })
    .from(databaseCredential)
    .where(
      and(
        eq(databaseCredential.databaseId, database.id),
        eq(databaseCredential.scope, scope),
        eq(databaseCredential.audience, "services"),
        eq(databaseCredential.status, "active"),
      ),
    );
  // The address is the same for every credential; without one nobody has a login of a dedicated database.
  const { url, username } = addressIn(at.address, database, credential?.id ?? database.id);
  const own = credential === null ? null : username;
  const shared =
    database.poolId && servicesLoginFor(database.poolId, scope === "readonly" ? "readonly" : "readwrite");
  return { url, username: shared ?? own, scope, credential };
}
