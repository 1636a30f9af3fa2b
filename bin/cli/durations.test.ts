import { expect, test } from "vitest";
import { days, daysOrNever, seconds } from "./durations";

test("times are read in seconds, minutes, hours and days", () => {
  expect(["0", "90s", "30m", "1h", "7d"].map(seconds)).toEqual([0, 90, 1800, 3600, 604_800]);
  expect(["30d", "48h", "never"].map(daysOrNever)).toEqual([30, 2, "never"]);
  expect(["90", "7d"].map(days)).toEqual([90, 7]);
});

test("what is no time is refused", () => {
  for (const text of ["", "1", "-1h", "1.5h", "an hour", "1h30m", "1e3s", "99999999d", "h"])
    expect(() => seconds(text), text).toThrow("Give a time such as");
  for (const text of ["36h", "30", "always"])
    expect(() => daysOrNever(text), text).toThrow("Give whole days");
  for (const text of ["never", "soon", ""]) expect(() => days(text), text).toThrow(/^Give/);
});
