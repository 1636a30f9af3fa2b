import { eq, inArray, lt, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { organization } from "@/drizzle/control/schema/organizations";
import { service } from "@/drizzle/control/schema/services";
import { violation } from "@/drizzle/control/schema/tokens";
import { appendAudit, type AuditEvent } from "@/server/audit/append";
import type { Db, Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import { Explanation } from "./schema";

type Row = typeof violation.$inferSelect;

/** Moves counts whose minute is over to the audit trail, one entry each; at most `most` at once. */
export async function settleViolations(db: Db, most: number): Promise<void> {
  const isOver = lt(violation.minute, Math.floor(Date.now() / 60_000));
  const [any] = await db.select({ minute: violation.minute }).from(violation).where(isOver).limit(1);
  if (!any) return;
  await withTransaction(db, async (tx) => {
    const due = tx
      .select({ id: sql`rowid` })
      .from(violation)
      .where(isOver)
      .orderBy(violation.minute)
      .limit(most);
    const rows = await tx
      .delete(violation)
      .where(inArray(sql`rowid`, due))
      .returning();
    for (const row of rows) await append(tx, row);
  });
}

async function append(tx: Tx, row: Row): Promise<void> {
  const [by] = await tx.select({ name: service.name }).from(service).where(eq(service.id, row.serviceId));
  const actor = { kind: "service" as const, id: row.serviceId, label: by?.name ?? row.serviceId };
  await appendAudit(tx, { actor, requestId: row.requestId, door: "api", ip: null }, await eventOf(tx, row));
}

async function eventOf(tx: Tx, row: Row): Promise<AuditEvent> {
  const { organizationId, environmentId: tenant } = row;
  const about = { action: "tenant.violation", organizationId, detail: detailOf(row) };
  if (tenant === "") {
    const [home] = await tx
      .select({ slug: organization.slug })
      .from(organization)
      .where(eq(organization.id, organizationId));
    const label = home?.slug ?? organizationId;
    return { ...about, subject: { kind: "organization", id: organizationId, label } };
  }
  const [place] = await tx
    .select({ slug: environment.slug })
    .from(environment)
    .where(eq(environment.id, tenant));
  const subject = { kind: "environment", id: tenant, label: place?.slug ?? tenant };
  return { ...about, subject, environmentId: tenant };
}

function detailOf({ code, count, firstAt, lastAt, explanation }: Row): Record<string, unknown> {
  const counted = { code, count, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() };
  const told = Explanation.safeParse(explanation);
  if (!told.success) return counted;
  const { policy, hints, outcome } = told.data;
  return { ...counted, message: outcome.message, policy, hints };
}
