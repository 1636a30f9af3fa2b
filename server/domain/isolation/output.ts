import { z } from "zod";
import { Moment, pageOutput } from "@/server/kernel/page-output";
import { runKinds, severities, verdicts } from "./names";

const Pool = z
  .object({ id: z.string(), slug: z.string(), name: z.string() })
  .meta({ id: "IsolationPoolReference" });

const Kind = z
  .object({
    kind: z.string(),
    attempts: z.number().int(),
    refused: z.number().int(),
    breaches: z.number().int(),
  })
  .meta({ id: "AttackKind" });

const Run = z.object({
  id: z.string(),
  kind: z.enum(runKinds),
  verdict: z.enum(verdicts),
  problem: z.string().describe("What the run could not do; empty where it did everything."),
  checks: z.number().int().describe("How many rules or attempts."),
  kinds: z.array(Kind).describe("The attempts of a proof by kind."),
  seed: z.string(),
  startedAt: Moment,
  finishedAt: Moment,
});

export const IsolationOverview = pageOutput(
  z
    .object({
      pool: Pool,
      verdict: z.enum(verdicts),
      lint: Run.nullable(),
      proof: Run.nullable(),
      open: z.record(z.enum(severities), z.number().int()).describe("How many findings are open."),
    })
    .meta({ id: "PoolIsolation" }),
);

export const IsolationFindingPage = pageOutput(
  z
    .object({
      id: z.string(),
      pool: Pool,
      rule: z.string(),
      object: z.string(),
      severity: z.enum(severities),
      problem: z.string(),
      why: z.string(),
      mend: z.string().describe("The statements that mend it."),
      firstSeenAt: Moment,
      lastSeenAt: Moment,
      closedAt: Moment.nullable(),
    })
    .meta({ id: "IsolationFinding" }),
);

export const IsolationRunPage = pageOutput(Run.extend({ pool: Pool }).meta({ id: "IsolationRun" }));
