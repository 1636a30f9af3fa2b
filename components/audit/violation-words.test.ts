import { expect, test } from "vitest";
import { violationSentence } from "./violation-words";

const sentences: [Parameters<typeof violationSentence>[0], string][] = [
  [{ code: "tenant_conflict", count: 1 }, "One request refused: they named different tenants at once."],
  [{ code: "tenant_inactive", count: 1200 }, "1,200 requests refused: the tenant serves nobody."],
  [
    { code: "more", count: 7 },
    "7 requests refused: for reasons of many kinds, more than are told apart in a minute.",
  ],
];

test.for(sentences)("%o", ([detail, sentence]) => {
  expect(violationSentence(detail)).toBe(sentence);
});
