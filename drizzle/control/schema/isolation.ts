import { sql } from "drizzle-orm";
import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment } from "@/drizzle/control/columns";
import { pool } from "./pools";

/** One run of the linter or of the proof over a pool. */
export const isolationRun = sqliteTable(
  "sys_isolation_run",
  {
    id: text("id").primaryKey(),
    poolId: text("pool_id")
      .notNull()
      .references(() => pool.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["lint", "proof"] }).notNull(),
    verdict: text("verdict", { enum: ["holds", "broken", "unknown"] }).notNull(),
    /** What it could not do, in a sentence; empty where it did everything. */
    problem: text("problem").notNull().default(""),
    /** How many rules or attempts. */
    checks: integer("checks").notNull(),
    /** How many of each kind, and what became of them, as JSON. */
    detail: text("detail").notNull().default("{}"),
    /** Repeats the proof's choices exactly. */
    seed: text("seed").notNull().default(""),
    startedAt: moment("started_at").notNull(),
    finishedAt: moment("finished_at").notNull(),
  },
  (t) => [
    check("isolation_run_kind", sql`${t.kind} in ('lint', 'proof')`),
    check("isolation_run_verdict", sql`${t.verdict} in ('holds', 'broken', 'unknown')`),
    index("isolation_run_order").on(t.poolId, t.kind, t.finishedAt),
  ],
);

/** What the newest runs found; a finding that is gone with the next run is closed. */
export const isolationFinding = sqliteTable(
  "sys_isolation_finding",
  {
    id: text("id").primaryKey(),
    poolId: text("pool_id")
      .notNull()
      .references(() => pool.id, { onDelete: "cascade" }),
    rule: text("rule").notNull(),
    /** The table, view, function or role that it is about, with its schema. */
    object: text("object").notNull(),
    severity: text("severity", { enum: ["critical", "high", "medium", "low"] }).notNull(),
    /** What is wrong, why that matters, and the statement that mends it. */
    problem: text("problem").notNull(),
    why: text("why").notNull(),
    mend: text("mend").notNull(),
    firstSeenAt: moment("first_seen_at").notNull(),
    lastSeenAt: moment("last_seen_at").notNull(),
    closedAt: moment("closed_at"),
  },
  (t) => [
    check("isolation_finding_severity", sql`${t.severity} in ('critical', 'high', 'medium', 'low')`),
    index("isolation_finding_order").on(t.poolId, t.closedAt, t.rule, t.object),
  ],
);
