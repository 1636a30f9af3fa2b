import { and, eq, sql } from "drizzle-orm";
import { environmentOptionsVersion } from "@/drizzle/control/schema/options";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import type { OptionsChange } from "./changes";
import type { ListOptionsHistory } from "./schema";

// `writeVersion` puts nothing else into the column.
const asChanges = (stored: unknown) => stored as OptionsChange[];

/** One page of a set's versions, the newest first, each with what it changed. */
export async function listOptionsHistory(ctx: EnvironmentContext, input: ListOptionsHistory) {
  requireEnvironment(ctx, "options.read");
  const { db } = ctx;
  const { version, kind, restoredFrom, changes, reason, changedAt, changedBy, name } =
    environmentOptionsVersion;
  const page = keyset(sql`${version}`, sql`${name}`, input);
  const filter = and(
    eq(environmentOptionsVersion.environmentId, ctx.environment.id),
    eq(name, input.name),
    input.search ? containing(sql`${reason} || ' ' || ${changedBy}`, input.search) : undefined,
  );
  const rows = db
    .select({ version, kind, restoredFrom, changes, reason, changedAt, changedBy })
    .from(environmentOptionsVersion)
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = db.select(oneEach).from(environmentOptionsVersion).where(filter);
  const found = await readPage(db, page, { rows, matching, keyOf: (row) => [row.version, input.name] });
  return { ...found, items: found.items.map((row) => ({ ...row, changes: asChanges(row.changes) })) };
}
