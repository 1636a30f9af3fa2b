import { eq, inArray } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import type { Db } from "@/server/db/client";

/** What people call tenants: "organization/environment" by their id. One that is not known is not there. */
export async function findNamed(db: Db, tenants: readonly string[]): Promise<Map<string, string>> {
  if (tenants.length === 0) return new Map();
  const rows = await db
    .select({ id: environment.id, slug: environment.slug, home: organization.slug })
    .from(environment)
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .where(inArray(environment.id, [...new Set(tenants)]));
  return new Map(rows.map(({ id, slug, home }) => [id, `${home}/${slug}`]));
}
