import { eq } from "drizzle-orm";
import { environment, environmentDatabase } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import type { Db, Tx } from "@/server/db/client";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import type { EnvironmentRef } from "./schema";

/** The environment with what it may hold and what it was measured to hold; throws `not_found`. */
export async function getLimitsRow(tx: Db | Tx, id: string) {
  const [row] = await tx
    .select({
      environment,
      organization: { id: organization.id, slug: organization.slug },
      database: environmentDatabase,
    })
    .from(environment)
    .innerJoin(organization, eq(organization.id, environment.organizationId))
    .innerJoin(environmentDatabase, eq(environmentDatabase.environmentId, environment.id))
    .where(eq(environment.id, id));
  if (!row) throw new DomainError("not_found", "There is no such environment.");
  return row;
}

type LimitsRow = Awaited<ReturnType<typeof getLimitsRow>>;

export function presentLimits({ environment: { id, slug }, organization: owner, database }: LimitsRow) {
  const { isolation, driver, storageLimitMb, storageUsedBytes, rowLimit, rowCount, isOverLimit } = database;
  return {
    id,
    slug,
    organization: owner.slug,
    isolation,
    driver,
    storageLimitMb,
    storageUsedBytes,
    rowLimit,
    rowCount,
    isOverLimit,
  };
}

/** What an environment may hold, beside what it holds. Operators only, members or not. */
export async function getLimits(ctx: UserContext, input: EnvironmentRef) {
  requireOperator(ctx);
  return presentLimits(await getLimitsRow(ctx.db, input.environment));
}
