import { expect, test } from "vitest";
import { endOf, renewalDays } from "./lifetime";

const now = new Date("2026-01-01T00:00:00Z");
const days = (end: Date | null) => end && (end.getTime() - now.getTime()) / 86_400_000;

test.for([
  ["sqlite", null, null],
  ["postgres", 90, 90],
  ["turso", null, 29],
  ["turso", 90, 29],
  ["turso", 7, 7],
] as const)("at %s a credential that was asked for %s days ends after %s", ([driver, asked, ends]) => {
  expect(days(endOf(driver, now, asked))).toBe(ends);
});

test("what services are given is renewed before its database ends it, and nowhere else", () => {
  expect([renewalDays("sqlite"), renewalDays("postgres"), renewalDays("turso")]).toEqual([null, null, 19]);
});
