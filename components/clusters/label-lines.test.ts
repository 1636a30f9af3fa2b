import { expect, test } from "vitest";
import { checkLabels, labelLines, parseLabels } from "./label-lines";

test.each([
  ["", {}],
  ["  \n\n", {}],
  ["disk=nvme", { disk: "nvme" }],
  ["disk = nvme \n\n rack=a=b", { disk: "nvme", rack: "a=b" }],
  ["spare", { spare: "" }],
])("%j spells its labels", (lines, labels) => {
  expect(parseLabels(lines)).toEqual({ labels });
});

test.each([
  ["Disk=nvme", /lower-case/],
  ["=nvme", /lower-case/],
  ["disk=a\ndisk=b", /twice/],
  [`disk=${"x".repeat(256)}`, /at most 255/],
  [Array.from({ length: 21 }, (_, n) => `l${n}=x`).join("\n"), /at most 20/],
])("%j is refused with a sentence", (lines, sentence) => {
  expect(checkLabels(lines)).toMatch(sentence);
});

test("what is shown for editing spells the same labels", () => {
  const labels = { disk: "nvme", rack: "a=b", spare: "" };
  expect(parseLabels(labelLines(labels))).toEqual({ labels });
});
