import { and, eq, gte, lt, or, sql, type SQL } from "drizzle-orm";
import { auditEntry } from "@/drizzle/control/schema/audit";
import { containing, countLimit, keyset, oneEach } from "@/server/db/keyset";
import { requireEnvironment, requireOrganization } from "@/server/kernel/authorize";
import type { EnvironmentContext, OrganizationContext } from "@/server/kernel/context";
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
  return pageOf(ctx, undefined, input);
}

/** One page of the entries that concern the environment. For its admins only. */
export async function listEnvironmentAudit(ctx: EnvironmentContext, input: ListEnvironmentAudit) {
  requireEnvironment(ctx, "environment.activity");
  return pageOf(ctx, eq(auditEntry.environmentId, ctx.environment.id), input);
}

/**
 * Entries are wide and most searches find few of them, so each is looked at once: those
 * from the cursor on for page and count together, those before it for the count alone.
 */
async function pageOf(
  ctx: OrganizationContext,
  scope: SQL | undefined,
  input: Omit<ListOrganizationAudit, "organization">,
) {
  const page = keyset(sql`${auditEntry.seq}`, sql`${auditEntry.id}`, input);
  const filter = and(eq(auditEntry.chain, ctx.organization.id), scope, ...chosen(input));
  const found = ctx.db
    .select({ seq: auditEntry.seq })
    .from(auditEntry)
    .where(and(filter, page.where))
    .orderBy(page.direction(auditEntry.seq))
    .limit(countLimit + 1)
    .as("found");
  const counted = ctx.db
    .select({ seq: found.seq, total: sql<number>`count(*) over ()`.as("total") })
    .from(found)
    .orderBy(page.direction(found.seq))
    .limit(page.limit)
    .as("counted");
  const passed = ctx.db
    .select(oneEach)
    .from(auditEntry)
    .where(and(filter, page.passed))
    .limit(countLimit + 1)
    .as("passed");
  const [rows, before] = await ctx.db.batch([
    ctx.db
      .select({ entry: auditEntry, total: counted.total })
      .from(counted)
      // A cross join, because SQLite keeps its order: an inner one it may turn round, and walk the chain again.
      .crossJoin(auditEntry)
      .where(and(eq(auditEntry.chain, ctx.organization.id), eq(auditEntry.seq, counted.seq)))
      .orderBy(page.direction(counted.seq)),
    ctx.db.select({ total: sql<number>`count(*)` }).from(passed),
  ]);
  const total = Math.min((rows[0]?.total ?? 0) + (before[0]?.total ?? 0), countLimit + 1);
  const result = page.page(rows, ({ entry }) => [entry.seq, entry.id], total);
  return { ...result, items: result.items.map(({ entry }) => presentEntry(entry)) };
}

function chosen(input: Omit<ListOrganizationAudit, "organization">) {
  return [
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
  ];
}
