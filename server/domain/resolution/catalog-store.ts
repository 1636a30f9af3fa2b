import { eq } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import type { TenantReference } from "@/sdk/resolution/hint";
import type { TenantEntry, TenantStore } from "@/sdk/stores/tenant-store";
import type { Db } from "@/server/db/client";

/** The catalog as the SDK's resolver asks it. Knows ids and hosts: a name alone belongs to no one tenant. */
export function catalogStore(db: Db): Pick<TenantStore, "find" | "peek"> {
  return { find: (reference) => findEntry(db, reference), peek: () => undefined };
}

async function findEntry(db: Db, { by, value }: TenantReference): Promise<TenantEntry | null> {
  if (by === "name") return null;
  const { isolation, driver, region } = environmentDatabase;
  const [row] = await db
    .select({
      tenant: environment.id,
      organization: organization.slug,
      environment: environment.slug,
      status: environment.status,
      epoch: environment.epoch,
      isolation,
      driver,
      region,
    })
    .from(environment)
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .where(eq(by === "id" ? environment.id : environment.hostname, value));
  return row ?? null;
}
