import { and, count, eq, inArray, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { violation } from "@/drizzle/control/schema/tokens";
import type { Db, Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { mostTold, restCode } from "@/server/domain/violations/names";
import type { ReportViolations, Violation } from "@/server/domain/violations/schema";
import type { Service } from "./identify-service";

const longestSources = 200;
const mostCounted = 1_000_000_000;

type Row = typeof violation.$inferInsert;

/**
 * Counts refused requests until their minute is over. In one minute a service can bring twenty
 * entries into an organization's chain and one that sums up the rest, whatever it reports.
 * Those of tenants that are not there are ignored.
 */
export async function reportViolations(
  db: Db,
  service: Service,
  { violations }: ReportViolations,
  requestId: string,
): Promise<{ accepted: number; ignored: number }> {
  const homes = await organizationsOf(db, violations);
  const minute = Math.floor(Date.now() / 60_000);
  const rows = violations.flatMap((told): Row[] => {
    const organizationId = homes.get(told.tenant);
    if (organizationId === undefined) return [];
    return [{ serviceId: service.id, minute, organizationId, requestId, ...columnsOf(told) }];
  });
  if (rows.length > 0)
    await withTransaction(db, async (tx) => {
      for (const row of rows) await add(tx, (await isTold(tx, row)) ? row : restOf(row));
    });
  return { accepted: rows.length, ignored: violations.length - rows.length };
}

async function organizationsOf(db: Db, violations: Violation[]): Promise<Map<string, string>> {
  const tenants = [...new Set(violations.map(({ tenant }) => tenant))];
  const rows = await db
    .select({ id: environment.id, organizationId: environment.organizationId })
    .from(environment)
    .where(inArray(environment.id, tenants));
  return new Map(rows.map(({ id, organizationId }) => [id, organizationId]));
}

function columnsOf({ tenant, code, count: times, first_at, last_at, explanation }: Violation) {
  const sources = [...new Set(explanation.hints.map(({ source }) => source))].toSorted().join(",");
  return {
    environmentId: tenant,
    code,
    sources: sources.slice(0, longestSources),
    count: times,
    firstAt: new Date(first_at),
    lastAt: new Date(last_at),
    explanation,
  };
}

/** Whether it has an entry of its own: it is counted already, or there is room for one more. */
async function isTold(tx: Tx, row: Row): Promise<boolean> {
  const here = and(
    eq(violation.serviceId, row.serviceId),
    eq(violation.minute, row.minute),
    eq(violation.organizationId, row.organizationId),
  );
  const same = and(
    here,
    eq(violation.environmentId, row.environmentId),
    eq(violation.code, row.code),
    eq(violation.sources, row.sources),
  );
  const [known] = await tx.select({ count: violation.count }).from(violation).where(same);
  if (known) return true;
  const [all] = await tx.select({ different: count() }).from(violation).where(here);
  return (all?.different ?? 0) < mostTold;
}

const restOf = (row: Row): Row => ({
  ...row,
  environmentId: "",
  code: restCode,
  sources: "",
  explanation: {},
});

async function add(tx: Tx, row: Row): Promise<void> {
  const { serviceId, minute, organizationId, environmentId, code, sources } = violation;
  await tx
    .insert(violation)
    .values(row)
    .onConflictDoUpdate({
      target: [serviceId, minute, organizationId, environmentId, code, sources],
      set: {
        count: sql`min(${violation.count} + excluded.count, ${mostCounted})`,
        firstAt: sql`min(${violation.firstAt}, excluded.first_at)`,
        lastAt: sql`max(${violation.lastAt}, excluded.last_at)`,
      },
    });
}
