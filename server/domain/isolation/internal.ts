import { eq } from "drizzle-orm";
import { z } from "zod";
import { isolationRun } from "@/drizzle/control/schema/isolation";
import { pool } from "@/drizzle/control/schema/pools";
import type { Db } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";
import { isUuid } from "@/server/kernel/ids";

/** The id of the pool with this slug or id; undefined when none is asked for. */
export async function poolIdOf(db: Db, slugOrId: string | undefined): Promise<string | undefined> {
  if (slugOrId === undefined) return undefined;
  const column = isUuid(slugOrId) ? pool.id : pool.slug;
  const [row] = await db.select({ id: pool.id }).from(pool).where(eq(column, slugOrId));
  if (!row) throw new DomainError("not_found", "There is no such pool.", { field: "pool" });
  return row.id;
}

const Tally = z.object({
  attempts: z.number().int(),
  refused: z.number().int(),
  breaches: z.number().int(),
});
const Detail = z.object({ kinds: z.record(z.string(), Tally) });

type RunRow = Omit<typeof isolationRun.$inferSelect, "poolId">;

/** A run as it is told: the attempts by kind instead of the stored detail. */
export function describeRun({ detail, ...run }: RunRow) {
  return { ...run, kinds: kindsIn(detail) };
}

function kindsIn(detail: string) {
  const parsed = Detail.safeParse(JSON.parse(detail));
  if (!parsed.success) return [];
  return Object.entries(parsed.data.kinds)
    .map(([kind, tally]) => ({ kind, ...tally }))
    .toSorted((one, other) => (one.kind < other.kind ? -1 : 1));
}

/** The columns of a run, without the pool's id. */
export const runColumns = {
  id: isolationRun.id,
  kind: isolationRun.kind,
  verdict: isolationRun.verdict,
  problem: isolationRun.problem,
  checks: isolationRun.checks,
  detail: isolationRun.detail,
  seed: isolationRun.seed,
  startedAt: isolationRun.startedAt,
  finishedAt: isolationRun.finishedAt,
};
