import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { isolationFinding, isolationRun } from "@/drizzle/control/schema/isolation";
import { pool } from "@/drizzle/control/schema/pools";
import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import type { BaseContext } from "@/server/kernel/context";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { lintVerdict, type RunKind, type Severity, type Verdict } from "./names";

/** What a lint found, as it is kept. */
export interface RecordedFinding {
  rule: string;
  object: string;
  severity: Severity;
  problem: string;
  why: string;
  mend: string;
}

interface Common {
  poolId: string;
  /** What it could not do, in a sentence; empty where it did everything. */
  problem: string;
  /** How many rules or attempts. */
  checks: number;
  startedAt: Date;
  finishedAt: Date;
}

export type RecordRun =
  | (Common & {
      kind: "lint";
      /** Null: it could not look at all, and what was found before stays as it is. */
      findings: RecordedFinding[] | null;
      /** Rules that did not run: what they found before stays open. */
      skipped: string[];
    })
  | (Common & {
      kind: "proof";
      verdict: Verdict;
      seed: string;
      /** `kinds` by name with their counts, and the breaches. */
      detail: { kinds: Record<string, { attempts: number; refused: number; breaches: number }> };
    });

/**
 * Keeps a run over a pool. What a lint found again stays one finding, what is gone is closed, and the
 * trail says when a pool breaks and when it holds again. A run that is older than the newest changes nothing else.
 */
export async function recordRun(ctx: BaseContext, run: RecordRun): Promise<{ id: string; verdict: Verdict }> {
  return withTransaction(ctx.db, async (tx) => {
    const [home] = await tx.select({ slug: pool.slug }).from(pool).where(eq(pool.id, run.poolId));
    if (!home) throw new DomainError("not_found", "There is no such pool.");
    const [newest] = await tx
      .select({ finishedAt: isolationRun.finishedAt })
      .from(isolationRun)
      .where(and(eq(isolationRun.poolId, run.poolId), eq(isolationRun.kind, run.kind)))
      .orderBy(desc(isolationRun.finishedAt))
      .limit(1);
    const wasBroken = await isBroken(tx, run.poolId);
    const recorded = { id: newId(), verdict: verdictOf(run) };
    await tx.insert(isolationRun).values({
      ...recorded,
      poolId: run.poolId,
      kind: run.kind,
      problem: run.problem,
      checks: run.checks,
      detail: JSON.stringify(run.kind === "proof" ? run.detail : {}),
      seed: run.kind === "proof" ? run.seed : "",
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
    });
    const isNewest = !newest || newest.finishedAt <= run.finishedAt;
    if (run.kind === "lint" && run.findings && isNewest)
      await replaceFindings(tx, run.findings, { ...run, skipped: new Set(run.skipped) });
    const isNow = await isBroken(tx, run.poolId);
    if (isNow !== wasBroken)
      await appendAudit(tx, ctx, {
        action: isNow ? "isolation.break" : "isolation.mend",
        subject: { kind: "pool", id: run.poolId, label: home.slug },
        detail: { run: recorded.id, kind: run.kind },
      });
    return recorded;
  });
}

function verdictOf(run: RecordRun): Verdict {
  if (run.kind === "proof") return run.verdict;
  if (!run.findings) return "unknown";
  const verdict = lintVerdict(run.findings);
  return verdict === "holds" && run.skipped.length > 0 ? "unknown" : verdict;
}

/** Whether the newest runs that could tell say so: not knowing is no mending. */
async function isBroken(tx: Tx, poolId: string): Promise<boolean> {
  return (await saysBroken(tx, poolId, "lint")) || (await saysBroken(tx, poolId, "proof"));
}

async function saysBroken(tx: Tx, poolId: string, kind: RunKind): Promise<boolean> {
  const [run] = await tx
    .select({ verdict: isolationRun.verdict })
    .from(isolationRun)
    .where(
      and(eq(isolationRun.poolId, poolId), eq(isolationRun.kind, kind), ne(isolationRun.verdict, "unknown")),
    )
    .orderBy(desc(isolationRun.finishedAt), desc(isolationRun.id))
    .limit(1);
  return run?.verdict === "broken";
}

const keyOf = ({ rule, object }: Pick<RecordedFinding, "rule" | "object">) => JSON.stringify([rule, object]);

async function replaceFindings(
  tx: Tx,
  findings: RecordedFinding[],
  { poolId, finishedAt, skipped }: { poolId: string; finishedAt: Date; skipped: Set<string> },
): Promise<void> {
  const open = await tx
    .select()
    .from(isolationFinding)
    .where(and(eq(isolationFinding.poolId, poolId), isNull(isolationFinding.closedAt)));
  const known = new Map(open.map((row) => [keyOf(row), row.id]));
  // The same rule may say the same of an object twice, as of a role with two grantors.
  for (const [key, finding] of new Map(findings.map((one) => [keyOf(one), one]))) {
    const id = known.get(key);
    known.delete(key);
    const values = { ...finding, lastSeenAt: finishedAt };
    if (id === undefined)
      await tx.insert(isolationFinding).values({ ...values, id: newId(), poolId, firstSeenAt: finishedAt });
    else await tx.update(isolationFinding).set(values).where(eq(isolationFinding.id, id));
  }
  const rules = new Map(open.map((row) => [row.id, row.rule]));
  for (const id of known.values()) {
    if (skipped.has(rules.get(id) ?? "")) continue;
    await tx.update(isolationFinding).set({ closedAt: finishedAt }).where(eq(isolationFinding.id, id));
  }
}
