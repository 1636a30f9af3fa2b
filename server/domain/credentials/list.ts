import { and, eq, sql } from "drizzle-orm";
import { databaseCredential } from "@/drizzle/control/schema/credentials";
import { containing, keyset } from "@/server/db/keyset";
import { requireEnvironment } from "@/server/kernel/authorize";
import type { EnvironmentContext } from "@/server/kernel/context";
import { presentCredential } from "./present";
import type { ListCredentials } from "./schema";

/** One page of the environment's credentials, the newest first; never with a secret. */
export async function listCredentials(ctx: EnvironmentContext, input: ListCredentials) {
  requireEnvironment(ctx, "credential.read");
  const page = keyset(sql`${databaseCredential.issuedAt}`, sql`${databaseCredential.id}`, input);
  const filter = and(
    eq(databaseCredential.environmentId, ctx.environment.id),
    eq(databaseCredential.organizationId, ctx.organization.id),
    input.status ? eq(databaseCredential.status, input.status) : undefined,
    input.search ? containing(sql`${databaseCredential.name}`, input.search) : undefined,
  );
  const [rows, counted] = await ctx.db.batch([
    ctx.db
      .select()
      .from(databaseCredential)
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    ctx.db
      .select({ total: sql<number>`count(*)` })
      .from(databaseCredential)
      .where(filter),
  ]);
  const found = page.page(rows, (row) => [row.issuedAt.getTime(), row.id], counted[0]?.total ?? 0);
  return { ...found, items: found.items.map(presentCredential) };
}
