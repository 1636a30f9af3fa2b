import { expect, test } from "vitest";

import { formatBytes, formatDuration, formatExact, formatRelative, initialsOf } from "./format";

const now = new Date("2026-11-21T12:00:00Z");
const before = (milliseconds: number) => new Date(now.getTime() - milliseconds);

test("bytes are said in the unit that keeps them short", () => {
  expect(formatBytes(0)).toBe("0 kB");
  expect(formatBytes(1)).toBe("1 kB");
  expect(formatBytes(8192)).toBe("8 kB");
  expect(formatBytes(13_002_342)).toBe("12.4 MB");
  expect(formatBytes(1024 ** 3)).toBe("1.0 GB");
  expect(formatBytes(2.5 * 1024 ** 4)).toBe("2.5 TB");
});

test("a size just below a gigabyte is not shown as 1024.0 MB", () => {
  expect(formatBytes(1024 ** 3 - 1)).toBe("1.0 GB");
});

test("durations are said in at most two units", () => {
  expect(formatDuration(-5)).toBe("0 ms");
  expect(formatDuration(340)).toBe("340 ms");
  expect(formatDuration(2400)).toBe("2.4 s");
  expect(formatDuration(9970)).toBe("9 s");
  expect(formatDuration(72_000)).toBe("1 min 12 s");
  expect(formatDuration(3_600_000)).toBe("1 h");
  expect(formatDuration(187_500_000)).toBe("2 d 4 h");
});

test("distances in time have a direction", () => {
  expect(formatRelative(before(4000), now)).toBe("just now");
  expect(formatRelative(before(25_000), now)).toBe("20 s ago");
  expect(formatRelative(before(5 * 60_000), now)).toBe("5 min ago");
  expect(formatRelative(before(-3 * 3_600_000), now)).toBe("in 3 h");
  expect(formatRelative(before(2 * 86_400_000), now)).toBe("2 d ago");
});

test("what has passed is counted whole, and what is to come to the nearest", () => {
  const minute = 60_000;
  const [hour, day] = [60 * minute, 24 * 60 * minute];
  expect(formatRelative(before(hour - 1), now)).toBe("59 min ago");
  expect(formatRelative(before(3 * day - 1), now)).toBe("2 d ago");
  expect(formatRelative(before(-(7 * day - 1)), now)).toBe("in 7 d");
  expect(formatRelative(before(-(hour - 1)), now)).toBe("in 1 h");
  expect(formatRelative(before(-(day - 1)), now)).toBe("in 1 d");
  expect(formatRelative(before(-(minute - 1)), now)).toBe("in 1 min");
  expect(formatRelative(before(-1.4 * hour), now)).toBe("in 1 h");
});

test("beyond a week the day is named, with its year when that is another one", () => {
  expect(formatRelative(before(10 * 86_400_000), now, "UTC")).toBe("11 Nov");
  expect(formatRelative(new Date("2025-03-02T12:00:00Z"), now, "UTC")).toBe("2 Mar 2025");
});

test("an exact time names its zone", () => {
  expect(formatExact(now, "UTC")).toBe("21 Nov 2026, 12:00:00 UTC");
});

test("initials are whole signs in any script", () => {
  expect(initialsOf("Ada Lovelace")).toBe("AL");
  expect(initialsOf("ada@example.com")).toBe("AE");
  expect(initialsOf("👩‍💻 dev")).toBe("👩‍💻D");
  expect(initialsOf("   ")).toBe("?");
});
