import { eq } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import type { Db } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";

/** The tenant with its placement, for a service that has proven who it is; throws `not_found`. */
export async function findTenant(db: Db, tenant: string) {
  const [row] = await db
    .select({
      id: environment.id,
      slug: environment.slug,
      status: environment.status,
      epoch: environment.epoch,
      hostname: environment.hostname,
      organizationId: environment.organizationId,
      organization: organization.slug,
      tier: organization.tier,
      database: environmentDatabase,
    })
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .where(eq(environment.id, tenant));
  if (!row) throw new DomainError("not_found", "There is no such tenant.");
  return row;
}
