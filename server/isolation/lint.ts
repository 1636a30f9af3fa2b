import type { ClientBase } from "pg";
import { mostFindings, severities, type Found, type Rule, type Severity } from "./rule";
import { rules } from "./rules";
import { readScope, type LintOptions, type Scope } from "./scope";

export interface Finding {
  rule: string;
  object: string;
  severity: Severity;
  problem: string;
  why: string;
  /** SQL, one statement a line. */
  mend: string;
}

export interface LintReport {
  findings: Finding[];
  /** What the run could not look at, each in a sentence. */
  unseen: string[];
  /** The ids of rules that did not run: that they found nothing means nothing. */
  skipped: string[];
  /** How many rules ran to their end. */
  checks: number;
  tables: number;
  appRoles: string[];
}

// What the database's own settings and objects could change about a catalog query. Without nested loops, a plan
// made for a few tables does not turn into millions of steps where there are thousands.
const settings = `
set local search_path = pg_catalog, pg_temp;
set local statement_timeout = '15s';
set local lock_timeout = '2s';
set local jit = off;
set local enable_nestloop = off;
set local standard_conforming_strings = on;
set local quote_all_identifiers = off;
set local transaction_read_only = on`;

/** Runs every rule in one read-only transaction of its own. */
export async function lint(client: ClientBase, options: LintOptions = {}): Promise<LintReport> {
  await client.query("begin isolation level repeatable read read only");
  try {
    return await lintWithin(client, options);
  } finally {
    await client.query("rollback");
  }
}

/** The same in a transaction that is open already, which afterwards is as it was. */
export async function lintWithin(client: ClientBase, options: LintOptions = {}): Promise<LintReport> {
  await client.query("savepoint freehold_lint");
  try {
    await client.query(settings);
    return await runRules(client, await readScope(client, options));
  } finally {
    await client.query("rollback to savepoint freehold_lint; release savepoint freehold_lint");
  }
}

async function runRules(client: ClientBase, scope: Scope): Promise<LintReport> {
  const findings: Finding[] = [];
  const unseen = emptyScope(scope);
  const skipped: string[] = [];
  let checks = 0;
  for (const rule of rules) {
    const found = await tryRule(client, rule, scope);
    if (typeof found === "string") {
      unseen.push(`${rule.id} could not run: ${found}.`);
      skipped.push(rule.id);
    } else {
      checks += 1;
      findings.push(...found.slice(0, mostFindings).map((one) => toFinding(rule, one)));
      if (found.length > mostFindings)
        unseen.push(`${rule.id} found more than ${mostFindings}; only the first ones are listed.`);
    }
  }
  const isSaid = ({ rule, object }: Finding) => {
    const better = rules.find(({ id }) => id === rule)?.yieldsTo ?? [];
    return findings.some((other) => other.object === object && better.includes(other.rule));
  };
  const rank = (finding: Finding) => severities.indexOf(finding.severity);
  const sorted = findings
    .filter((finding) => !isSaid(finding))
    .toSorted(
      (one, other) =>
        rank(one) - rank(other) || compare(one.rule, other.rule) || compare(one.object, other.object),
    );
  return { findings: sorted, unseen, skipped, checks, tables: scope.tables, appRoles: scope.appRoles };
}

const compare = (one: string, other: string) => (one < other ? -1 : Number(one > other));

function toFinding(rule: Rule, { object, problem, mend }: Found): Finding {
  const statements = mend.map((statement) => `${statement};`).join("\n");
  return { rule: rule.id, object, severity: rule.severity, problem, why: rule.why, mend: statements };
}

/** A refusal, a timeout, or a catalog that an older server has not: no bug. */
const survivable = new Set(["42501", "57014", "55P03", "42P01", "42703", "42883"]);

/** What the rule found, or why it could not look. */
async function tryRule(client: ClientBase, rule: Rule, scope: Scope): Promise<Found[] | string> {
  await client.query("savepoint freehold_rule");
  try {
    const found = await rule.find(client, scope);
    await client.query("release savepoint freehold_rule");
    return found;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (!(error instanceof Error) || !survivable.has(String(code))) throw error;
    await client.query("rollback to savepoint freehold_rule; release savepoint freehold_rule");
    return error.message;
  }
}

function emptyScope({ tables, appRoles, tenantColumn }: Scope): string[] {
  const unseen: string[] = [];
  if (tables === 0) unseen.push(`No table has a column named ${tenantColumn}: name yours if it differs.`);
  if (appRoles.length === 0)
    unseen.push("No role but the owners has privileges on tenants' tables: name those that you connect as.");
  return unseen;
}
