import { expect, test } from "vitest";
import { lanesOf, type ExplainedHint } from "./lanes";

const hint = (source: string): ExplainedHint => ({
  source,
  label: source,
  saw: [],
  trusted: false,
  because: "",
  verdict: "ignored",
  tenant: null,
  place: null,
  reason: "",
});

test("lanes are in the policy's order, with those that say nothing and those that it does not list", () => {
  const lanes = lanesOf({
    policy: { name: "p", order: ["token", "header", "host"] },
    hints: [hint("cookie"), hint("header"), hint("header"), hint("token")],
  });
  expect(lanes.map(({ source, hint: there }) => [source, there !== null])).toEqual([
    ["token", true],
    ["header", true],
    ["header", true],
    ["host", false],
    ["cookie", true],
  ]);
});
