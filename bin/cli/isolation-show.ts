import { z } from "zod";
import { connect } from "./client";
import { readAll } from "./pages";
import { ago, oneLine, print, printJson, styled } from "./print";
import { Refused } from "./refused";

const Run = z.object({
  verdict: z.string(),
  problem: z.string(),
  checks: z.number(),
  finished_at: z.string(),
});
const Standing = z.object({
  pool: z.object({ slug: z.string() }),
  verdict: z.string(),
  lint: Run.nullable(),
  proof: Run.nullable(),
});
const Finding = z.object({
  pool: z.object({ slug: z.string() }),
  rule: z.string(),
  object: z.string(),
  severity: z.string(),
  problem: z.string(),
  why: z.string(),
  mend: z.string(),
});

/** Whether each pool keeps its tenants apart, and what stands against it. Ends with 1 when one is broken. */
export async function isolationShow(named: string | undefined, options: { json?: boolean }): Promise<void> {
  const client = connect();
  const isMeant = (row: { pool: { slug: string } }) => named === undefined || row.pool.slug === named;
  const path = "/fleet/isolation";
  const pools = (await readAll(client, { path, query: {} }, Standing, named)).filter(isMeant);
  if (named !== undefined && pools.length === 0)
    throw new Refused(`There is no pool ${named}. Look with: freehold pool list`);
  const open = { path: `${path}/findings`, query: { state: "open" } };
  const findings = (await readAll(client, open, Finding)).filter(isMeant);
  if (options.json) printJson({ pools, findings });
  else {
    for (const pool of pools) printStanding(pool);
    for (const finding of findings) printFinding(finding);
    if (pools.length === 0) print("There is no pool. For a Postgres of your own: freehold isolation check");
  }
  const broken = pools.filter(({ verdict }) => verdict === "broken");
  if (broken.length > 0) throw new Refused(broken.map(({ pool }) => `${pool.slug} is broken.`).join(" "));
}

function printStanding({ pool, verdict, lint, proof }: z.infer<typeof Standing>): void {
  const told = [
    lint ? `${lint.checks} rules ${ago(lint.finished_at)}` : "not linted yet",
    proof ? `${proof.checks} attacks ${ago(proof.finished_at)}` : "not attacked yet",
  ];
  print(`${styled("bold", pool.slug)}  ${verdict}, ${told.join(", ")}`);
  for (const run of [lint, proof]) if (run?.problem) print(`  ${oneLine(run.problem)}`);
}

function printFinding({ pool, rule, object, severity, problem, why, mend }: z.infer<typeof Finding>): void {
  print(
    `  ${severity.toUpperCase()}  ${pool.slug}: ${styled("bold", oneLine(object))}  ${styled("dim", rule)}`,
  );
  print(`    ${oneLine(problem)} ${why}`);
  for (const statement of mend.split(/(?<=;)\n/)) print(`    ${styled("cyan", oneLine(statement))}`);
}
