import { and, eq, gte, lt, or, sql, type SQL } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { containing, countLimit, keyset } from "@/server/db/keyset";
import { requireEnvironment, requireOrganization } from "@/server/kernel/authorize";
import type { BaseContext, EnvironmentContext, OrganizationContext } from "@/server/kernel/context";
import type { AuditSpan } from "./names";
import { presentEntry } from "./present";
import type { ListEnvironmentAudit, ListOrganizationAudit } from "./schema";

const hourMs = 3600 * 1000;
const spanMs: Record<AuditSpan, number> = {
  hour: hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs,
};

/** One page of the organization's chain, the newest first. For its admins only. */
export async function listOrganizationAudit(ctx: OrganizationContext, input: ListOrganizationAudit) {
  requireOrganization(ctx, "audit.read");
  return pageOf(ctx, eq(auditEntry.chain, ctx.organization.id), input);
}

/** One page of the entries that concern the environment. For its admins only. */
export async function listEnvironmentAudit(ctx: EnvironmentContext, input: ListEnvironmentAudit) {
  requireEnvironment(ctx, "environment.activity");
  const scope = and(
    eq(auditEntry.chain, ctx.organization.id),
    eq(auditEntry.environmentId, ctx.environment.id),
  );
  return pageOf(ctx, scope, input);
}

async function pageOf(
  ctx: BaseContext,
  scope: SQL | undefined,
  input: Omit<ListOrganizationAudit, "organization">,
) {
  const page = keyset(sql`${auditEntry.seq}`, sql`${auditEntry.id}`, input);
  const filter = and(
    scope,
    input.action ? eq(auditEntry.action, input.action) : undefined,
    input.actor ? eq(auditEntry.actorId, input.actor) : undefined,
    input.within ? gte(auditEntry.at, new Date(Date.now() - spanMs[input.within])) : undefined,
    input.from ? gte(auditEntry.at, new Date(input.from)) : undefined,
    input.until ? lt(auditEntry.at, new Date(input.until)) : undefined,
    input.search
      ? or(
          containing(sql`${auditEntry.subjectLabel}`, input.search),
          containing(sql`${auditEntry.actorLabel}`, input.search),
          containing(sql`${auditEntry.action}`, input.search),
        )
      : undefined,
  );
  const [rows, counted] = await ctx.db.batch([
    ctx.db
      .select()
      .from(auditEntry)
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    ctx.db.select({ total: sql<number>`count(*)` }).from(
      ctx.db
        .select({ one: sql`1`.as("one") })
        .from(auditEntry)
        .where(filter)
        .limit(countLimit + 1)
        .as("counted"),
    ),
  ]);
  const result = page.page(rows, (row) => [row.seq, row.id], counted[0]?.total ?? 0);
  return { ...result, items: result.items.map(presentEntry) };
}
