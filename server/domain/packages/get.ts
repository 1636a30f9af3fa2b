import { desc, eq, getTableColumns, sql } from "drizzle-orm";
import { environmentPackage } from "@/drizzle/control/schema/installations";
import { packageVersion } from "@/drizzle/control/schema/packages";
import type { UserContext } from "@/server/kernel/context";
import { getPackageRow, getVersionRow } from "./row";
import { presentContent, presentVersion } from "./present";
import type { PackageRef, PackageVersionRef } from "./schema";

const mostVersions = 200;

/** A package with its versions, the newest first. In how many environments it is, is for operators. */
export async function getPackage(ctx: UserContext, input: PackageRef) {
  const owner = await getPackageRow(ctx.db, input.package);
  const { migrations: _, ...columns } = getTableColumns(packageVersion);
  const [rows, counted] = await ctx.db.batch([
    ctx.db
      .select(columns)
      .from(packageVersion)
      .where(eq(packageVersion.packageId, owner.id))
      .orderBy(desc(packageVersion.sortKey))
      .limit(mostVersions),
    ctx.db
      .select({ status: environmentPackage.status, total: sql<number>`count(*)` })
      .from(environmentPackage)
      .where(eq(environmentPackage.packageId, owner.id))
      .groupBy(environmentPackage.status),
  ]);
  const countOf = (status: string) => counted.find((one) => one.status === status)?.total ?? 0;
  return {
    ...owner,
    versions: rows.map(presentVersion),
    environments: ctx.user.isOperator
      ? { installed: countOf("installed"), installing: countOf("installing"), failed: countOf("failed") }
      : null,
  };
}

/** A version with its tables and the statements that install it. */
export async function getPackageVersion(ctx: UserContext, input: PackageVersionRef) {
  const owner = await getPackageRow(ctx.db, input.package);
  return presentContent(owner, await getVersionRow(ctx.db, owner, input.version));
}
