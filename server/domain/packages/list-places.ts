import { and, eq, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { environment } from "@/drizzle/control/schema/environments";
import { environmentPackage } from "@/drizzle/control/schema/installations";
import { organization } from "@/drizzle/control/schema/organizations";
import { packageVersion } from "@/drizzle/control/schema/packages";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { getPackageRow } from "./row";
import type { ListPackagePlaces } from "./schema";

const desired = alias(packageVersion, "desired");
const observed = alias(packageVersion, "observed");

/** One page of the environments that have a package, or are to have it. Operators only. */
export async function listPackagePlaces(ctx: UserContext, input: ListPackagePlaces) {
  requireOperator(ctx);
  const owner = await getPackageRow(ctx.db, input.package);
  const place = sql`${organization.slug} || '/' || ${environment.slug}`;
  const page = keyset(place, sql`${environment.id}`, input);
  const filter = and(
    eq(environmentPackage.packageId, owner.id),
    input.status ? eq(environmentPackage.status, input.status) : undefined,
    input.search
      ? or(
          containing(sql`${organization.slug}`, input.search),
          containing(sql`${environment.slug}`, input.search),
        )
      : undefined,
  );
  const rows = ctx.db
    .select({
      environmentId: environment.id,
      organization: organization.slug,
      environment: environment.slug,
      envType: environment.envType,
      status: environmentPackage.status,
      desiredVersion: desired.version,
      observedVersion: observed.version,
      problem: environmentPackage.problem,
      updatedAt: environmentPackage.updatedAt,
      sortKey: sql<string>`${place}`,
    })
    .from(environmentPackage)
    .innerJoin(environment, eq(environment.id, environmentPackage.environmentId))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .innerJoin(desired, eq(desired.id, environmentPackage.desiredVersionId))
    .leftJoin(observed, eq(observed.id, environmentPackage.observedVersionId))
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db
    .select(oneEach)
    .from(environmentPackage)
    .innerJoin(environment, eq(environment.id, environmentPackage.environmentId))
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .where(filter);
  const found = await readPage(ctx.db, page, {
    rows,
    matching,
    keyOf: (row) => [row.sortKey, row.environmentId],
  });
  return { ...found, items: found.items.map(({ sortKey: _, ...row }) => row) };
}
