import { and, sql } from "drizzle-orm";
import { service } from "@/drizzle/control/schema/services";
import { containing, keyset } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import { presentService } from "./present";
import type { ListServices } from "./schema";

/** One page of the services, by the time at which they were added. Operators only. */
export async function listServices(ctx: UserContext, input: ListServices) {
  requireOperator(ctx);
  const page = keyset(sql`${service.createdAt}`, sql`${service.id}`, input);
  const filter = input.search ? containing(sql`${service.name}`, input.search) : undefined;
  const [rows, counted] = await ctx.db.batch([
    ctx.db
      .select()
      .from(service)
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    ctx.db
      .select({ total: sql<number>`count(*)` })
      .from(service)
      .where(filter),
  ]);
  const found = page.page(rows, (row) => [row.createdAt.getTime(), row.id], counted[0]?.total ?? 0);
  return { ...found, items: found.items.map(presentService) };
}
