import { and, eq } from "drizzle-orm";
import { environmentOptionsVersion } from "@/drizzle/control/schema/options";
import type { Db, Tx } from "@/server/db/client";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { asOptions, shown } from "./row";
import type { OptionsVersionRef } from "./schema";

/** One version with its whole value; throws `not_found` when it never was, or was let go. */
export async function getOptionsVersion(ctx: EnvironmentContext, input: OptionsVersionRef) {
  requireEnvironment(ctx, "options.read");
  const row = await getVersionRow(ctx.db, ctx, input);
  const { name, version, kind, restoredFrom, reason, changedAt, changedBy } = row;
  return {
    name,
    version,
    kind,
    restoredFrom,
    reason,
    changedAt,
    changedBy,
    value: shown(asOptions(row.value)),
  };
}

export async function getVersionRow(
  tx: Db | Tx,
  ctx: EnvironmentContext,
  { name, version }: Pick<OptionsVersionRef, "name" | "version">,
) {
  const [row] = await tx
    .select()
    .from(environmentOptionsVersion)
    .where(
      and(
        eq(environmentOptionsVersion.environmentId, ctx.environment.id),
        eq(environmentOptionsVersion.name, name),
        eq(environmentOptionsVersion.version, version),
      ),
    );
  if (!row) throw new DomainError("not_found", `There is no version ${version} of it here.`);
  return row;
}
