import { and, eq, getTableColumns, or, sql } from "drizzle-orm";
import { z } from "zod";
import { cluster } from "@/drizzle/control/schema/clusters";
import { finding } from "@/drizzle/control/schema/findings";
import { setting } from "@/drizzle/control/schema/settings";
import { containing, keyset } from "@/server/db/keyset";
import { requireOperator } from "@/server/kernel/authorize";
import type { UserContext } from "@/server/kernel/context";
import type { ListFindings } from "./schema";

const LastCheck = z.object({ at: z.iso.datetime() });

/** One page of what the newest comparison found, and when it was made. Operators only. */
export async function listFindings(ctx: UserContext, input: ListFindings) {
  requireOperator(ctx);
  const page = keyset(sql`${finding.databaseName}`, sql`${finding.id}`, input);
  const filter = and(
    input.kind ? eq(finding.kind, input.kind) : undefined,
    input.search
      ? or(
          containing(sql`${finding.subject}`, input.search),
          containing(sql`${finding.databaseName}`, input.search),
        )
      : undefined,
  );
  const [rows, counted, settings] = await ctx.db.batch([
    ctx.db
      .select({ ...getTableColumns(finding), cluster: { slug: cluster.slug, name: cluster.name } })
      .from(finding)
      .leftJoin(cluster, eq(cluster.id, finding.clusterId))
      .where(and(filter, page.where))
      .orderBy(...page.orderBy)
      .limit(page.limit),
    ctx.db
      .select({ total: sql<number>`count(*)` })
      .from(finding)
      .where(filter),
    ctx.db.select().from(setting).where(eq(setting.key, "last_reconciliation")),
  ]);
  const checked = LastCheck.safeParse(settings[0]?.value);
  return {
    ...page.page(rows, (row) => [row.databaseName, row.id], counted[0]?.total ?? 0),
    checkedAt: checked.success ? new Date(checked.data.at) : null,
  };
}
