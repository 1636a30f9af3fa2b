import { expect, test, vi } from "vitest";
import { FreeholdError } from "../errors/freehold-error.ts";
import type { RefusalCode } from "../errors/refusal-code.ts";
import type { ExplainedHint } from "../resolution/explanation.ts";
import type { Violation } from "./violation.ts";
import { createViolationLog } from "./violation-log.ts";

const tenantOf = (number: number) => `0a6f1f0e-5d0c-4a57-9a6b-${String(number).padStart(12, "0")}`;

const hint = (source: string, more: Partial<ExplainedHint> = {}): ExplainedHint => ({
  source,
  label: source,
  saw: ["x"],
  trusted: false,
  because: "not verified",
  verdict: "contradicts",
  tenant: null,
  reason: "It names another tenant.",
  ...more,
});
const proven = (tenant: string) => hint("token", { trusted: true, verdict: "decides", tenant });

function refusal(
  tenant = tenantOf(1),
  {
    code = "tenant_conflict",
    hints = [hint("header")],
  }: { code?: RefusalCode; hints?: ExplainedHint[] } = {},
): FreeholdError {
  const outcome = { refused: code, message: "Refused." };
  return new FreeholdError(code, "Refused.", {
    explanation: { policy: "p", hints: [proven(tenant), ...hints], outcome },
  });
}

function logThat(answer: (told: readonly Violation[]) => void = () => undefined, everyMs = 5) {
  const told: Violation[][] = [];
  const dropped: number[] = [];
  const log = createViolationLog({
    everyMs,
    report(violations) {
      told.push([...violations]);
      return new Promise((resolve) => {
        answer(violations);
        resolve();
      });
    },
    onDropped: (count) => dropped.push(count),
  });
  const sumDropped = () => dropped.reduce((sum, count) => sum + count, 0);
  return { log, told, sumDropped };
}

test("like refusals are one with their count, however the sources are ordered", async () => {
  const { log, told } = logThat(undefined, 60_000);
  const two = [hint("header"), hint("host")];
  log.add(refusal(tenantOf(1), { hints: two }));
  log.add(refusal(tenantOf(1), { hints: two.toReversed() }));
  log.add(refusal(tenantOf(1)));
  log.add(refusal(tenantOf(2)));
  await log.close();
  const [report = []] = told;
  expect(report.map(({ tenant, count }) => [tenant, count])).toEqual([
    [tenantOf(1), 2],
    [tenantOf(1), 1],
    [tenantOf(2), 1],
  ]);
  expect(report.every(({ first_at, last_at }) => first_at <= last_at)).toBe(true);
});

test.each<[string, unknown]>([
  ["another error", new Error("no refusal")],
  ["a refusal without an explanation", new FreeholdError("tenant_conflict", "Refused.")],
  ["a tenant that is suspended", refusal(tenantOf(1), { code: "tenant_inactive" })],
  ["a missing token", refusal(tenantOf(1), { code: "unauthenticated" })],
  ["a tenant that is only a name", refusal("north")],
  ["nothing", null],
])("%s is no violation", (_, error) => {
  const { log } = logThat();
  log.add(error);
  expect(log.size).toBe(0);
});

test("what cannot be told is told later, with what has come since", async () => {
  let isAway = true;
  const { log, told, sumDropped } = logThat(() => {
    if (isAway) throw new FreeholdError("unavailable", "Away.");
  });
  log.add(refusal());
  await vi.waitFor(() => expect(told.length).toBeGreaterThan(2));
  log.add(refusal());
  isAway = false;
  await vi.waitFor(() => expect(log.size).toBe(0));
  expect(told.at(-1)).toMatchObject([{ tenant: tenantOf(1), count: 2 }]);
  expect(sumDropped()).toBe(0);
  await log.close();
});

test("what is refused is dropped and does not stand in the way of the rest", async () => {
  const { log, told, sumDropped } = logThat((violations) => {
    if (violations.some(({ tenant }) => tenant === tenantOf(1)))
      throw new FreeholdError("invalid", "Not like this.");
  }, 60_000);
  for (let number = 0; number < 60; number++) log.add(refusal(tenantOf(number)));
  await log.close();
  expect(told.map(({ length }) => length)).toEqual([50, 10]);
  expect(sumDropped()).toBe(50);
});

test("it holds a thousand kinds and drops the rest, also while nobody answers", async () => {
  const { log, sumDropped } = logThat(() => {
    throw new FreeholdError("unavailable", "Away.");
  }, 60_000);
  for (let number = 0; number < 1_200; number++) log.add(refusal(tenantOf(number)));
  log.add(refusal(tenantOf(7)));
  expect(log.size).toBe(1_000);
  expect(sumDropped()).toBe(200);
  await log.close();
  expect(log.size).toBe(0);
  expect(sumDropped()).toBe(1_201);
});

test("after it is closed nothing is taken", async () => {
  const { log, told } = logThat();
  await log.close();
  log.add(refusal());
  await log.close();
  expect([told, log.size]).toEqual([[], 0]);
});

test("an explanation is cut to what Freehold takes", async () => {
  const { log, told } = logThat(undefined, 60_000);
  const long = "ä".repeat(2_000);
  const hints = Array.from({ length: 40 }, () =>
    hint("header", { label: long, because: long, reason: long, saw: Array.from({ length: 30 }, () => long) }),
  );
  log.add(refusal(tenantOf(1), { hints }));
  await log.close();
  const explanation = told[0]?.[0]?.explanation;
  expect(Buffer.byteLength(JSON.stringify(explanation))).toBeLessThan(16 * 1024);
  expect(explanation?.hints[0]).toMatchObject({ source: "token", tenant: tenantOf(1) });
});
