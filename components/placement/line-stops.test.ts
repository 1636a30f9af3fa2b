import { expect, test } from "vitest";
import { stopsOf, type Step } from "./line-stops";

const step = (kind: Step["kind"], verdict: Step["verdict"], label: string): Step => ({
  kind,
  verdict,
  label,
  reason: "Because.",
});

test("a short line has a station for each step", () => {
  const steps = [step("fence", "taken", "us-east"), step("rule", "passed", "A"), step("rule", "taken", "B")];
  expect(stopsOf(steps).map((stop) => stop.kind)).toEqual(["step", "step", "step"]);
});

test("many alike are one station, and what decided is never folded", () => {
  const passed = Array.from({ length: 50 }, (_, n) => step("rule", "passed", `R${n}`));
  const refused = Array.from({ length: 4 }, (_, n) => step("cluster", "refused", `C${n}`));
  const stops = stopsOf([...passed, ...refused, step("preset", "taken", "DatabasePerTenant")]);
  expect(stops).toMatchObject([
    { kind: "fold", index: 0, steps: { length: 50 } },
    { kind: "fold", index: 50, steps: { length: 4 } },
    { kind: "step", index: 54, step: { verdict: "taken" } },
  ]);
});

test("no steps, no stations", () => {
  expect(stopsOf([])).toEqual([]);
});
