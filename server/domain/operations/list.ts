import { and, eq, inArray, or, sql, type SQL } from "drizzle-orm";
import { operation } from "@/drizzle/control/schema/operations";
import { containing, keyset, oneEach, readPage } from "@/server/db/keyset";
import { requireEnvironment, requireOperator } from "@/server/kernel/authorize";
import type { BaseContext, EnvironmentContext, UserContext } from "@/server/kernel/context";
import { visibleTo } from "./internal";
import { presentHead } from "./present";
import type { ListEnvironmentOperations, ListFleetOperations } from "./schema";

/** One page of all operations, the newest first unless asked otherwise. Operators only. */
export async function listFleetOperations(ctx: UserContext, input: ListFleetOperations) {
  requireOperator(ctx);
  return pageOf(ctx, undefined, input);
}

/** One page of the operations that the caller may follow, the newest first unless asked otherwise. */
export async function listMyOperations(ctx: UserContext, input: ListFleetOperations) {
  return pageOf(ctx, visibleTo(ctx), input);
}

/** How many operations that the caller may follow have not ended. */
export async function countRunning(ctx: UserContext): Promise<{ count: number }> {
  const unfinished = inArray(operation.status, ["queued", "running", "undoing"]);
  const [row] = await ctx.db
    .select({ count: sql<number>`count(*)` })
    .from(operation)
    .where(and(unfinished, visibleTo(ctx)));
  return { count: row?.count ?? 0 };
}

/** One page of what was done to the environment. */
export async function listEnvironmentOperations(ctx: EnvironmentContext, input: ListEnvironmentOperations) {
  requireEnvironment(ctx, "environment.read");
  return pageOf(ctx, eq(operation.environmentId, ctx.environment.id), input);
}

async function pageOf(ctx: BaseContext, scope: SQL | undefined, input: ListFleetOperations) {
  const page = keyset(sql`${operation.createdAt}`, sql`${operation.id}`, input);
  const filter = and(
    scope,
    input.status ? withStatus(input.status, scope) : undefined,
    input.search
      ? or(
          containing(sql`${operation.subject}`, input.search),
          containing(sql`${operation.saga}`, input.search),
        )
      : undefined,
  );
  const rows = ctx.db
    .select()
    .from(operation)
    .where(and(filter, page.where))
    .orderBy(...page.orderBy)
    .limit(page.limit);
  const matching = ctx.db.select(oneEach).from(operation).where(filter);
  const result = await readPage(ctx.db, page, {
    rows,
    matching,
    keyOf: (row) => [row.createdAt.getTime(), row.id],
  });
  return { ...result, items: result.items.map((row) => ({ ...presentHead(row), error: row.error })) };
}

/** The plus keeps SQLite off the index by status, which holds everybody's: those in scope are fewer. */
function withStatus(status: string, scope: SQL | undefined): SQL {
  return scope ? sql`+${operation.status} = ${status}` : sql`${operation.status} = ${status}`;
}
