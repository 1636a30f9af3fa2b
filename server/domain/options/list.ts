import { and, eq, sql } from "drizzle-orm";
import { union } from "drizzle-orm/sqlite-core";
import { environmentOptions, optionsDefinition } from "@/drizzle/control/schema/options";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import type { ListOptions } from "./schema";

/** One page of the sets that services have published or that the environment has an overlay of, by name. */
export async function listOptions(ctx: EnvironmentContext, input: ListOptions) {
  requireEnvironment(ctx, "options.read");
  const { db } = ctx;
  const here = eq(environmentOptions.environmentId, ctx.environment.id);
  const known = union(
    db.select({ name: optionsDefinition.name }).from(optionsDefinition),
    db.select({ name: environmentOptions.name }).from(environmentOptions).where(here),
  ).as("known");
  const name = sql`${known.name}`;
  const page = keyset(name, name, input);
  const filter = input.search ? containing(name, input.search) : undefined;
  const rows = db
    .select({
      name: known.name,
      version: sql<number>`coalesce(${environmentOptions.version}, 0)`,
      overrides: sql<number>`(select count(*) from json_each(coalesce(${environmentOptions.value}, '{}')))`,
      service: optionsDefinition.serviceName,
      changedAt: environmentOptions.changedAt,
      changedBy: environmentOptions.changedBy,
    })
    .from(known)
    .leftJoin(optionsDefinition, eq(optionsDefinition.name, known.name))
    .leftJoin(environmentOptions, and(here, eq(environmentOptions.name, known.name)))
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = db.select(oneEach).from(known).where(filter);
  return readPage(db, page, { rows, matching, keyOf: (row) => [row.name, row.name] });
}
