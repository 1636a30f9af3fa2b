import { z } from "zod";
import { isUuid } from "@/server/kernel/ids";
import { restCode, verdicts, violationCodes } from "./names";

const mostBytes = 16 * 1024;
const text = (most: number) => z.string().max(most, `At most ${most} characters.`);

const Hint = z.strictObject({
  source: text(60).min(1, "A hint has a source."),
  label: text(200),
  saw: z.array(text(1000)).max(10),
  trusted: z.boolean(),
  because: text(500),
  verdict: z.enum(verdicts),
  tenant: text(100).nullable(),
  reason: text(500),
});

export type ViolationHint = z.infer<typeof Hint>;

/** How a service came to refuse a request: every hint that it looked at. */
export const Explanation = z
  .strictObject({
    policy: text(100),
    hints: z.array(Hint).max(20),
    outcome: z.strictObject({ refused: z.enum(violationCodes), message: text(500) }),
  })
  .refine(
    (explanation) => new TextEncoder().encode(JSON.stringify(explanation)).length <= mostBytes,
    "An explanation has at most 16 KB.",
  );

const Violation = z
  .strictObject({
    tenant: z.string().refine(isUuid, "A tenant is named by its id, a lower-case UUID."),
    code: z.enum(violationCodes),
    count: z.number().int().min(1).max(1_000_000),
    first_at: z.iso.datetime(),
    last_at: z.iso.datetime(),
    explanation: Explanation,
  })
  .refine(({ first_at, last_at }) => first_at <= last_at, "first_at is not after last_at.");
export type Violation = z.infer<typeof Violation>;

/** The body of a report: refused requests of about the last minute, like ones counted together. */
export const ReportViolations = z.strictObject({
  violations: z.array(Violation).min(1, "Report at least one.").max(100, "Report at most 100 at once."),
});
export type ReportViolations = z.infer<typeof ReportViolations>;

/** What an entry `tenant.violation` of the audit trail holds; the sum of the rest has no explanation. */
export const ViolationDetail = z.strictObject({
  code: z.enum([...violationCodes, restCode]),
  count: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  message: z.string().optional(),
  policy: z.string().optional(),
  hints: z.array(Hint).optional(),
});
export type ViolationDetail = z.infer<typeof ViolationDetail>;
