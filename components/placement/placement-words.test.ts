import { expect, test } from "vitest";
import { matchWords, targetWords } from "./placement-words";

const any = { tier: null, envType: null, region: null, fenced: null };

test.each([
  [{}, "Everything"],
  [{ envType: "production" as const }, "Production environments"],
  [{ tier: "premium" as const }, "Environments of premium organizations"],
  [{ region: "eu-west" }, "Environments in eu-west"],
  [{ fenced: true }, "Environments of fenced organizations"],
  [{ fenced: false, tier: "standard" as const }, "Environments of unfenced standard organizations"],
  [
    { envType: "trial" as const, tier: "enterprise" as const, region: "us-east", fenced: true },
    "Trial environments of fenced enterprise organizations in us-east",
  ],
])("%j is for: %s", (rule, words) => {
  expect(matchWords({ ...any, ...rule })).toBe(words);
});

test("a rule leads to one cluster or to the best one of a driver", () => {
  expect(
    targetWords({ cluster: { id: "c", slug: "frankfurt-1" }, driver: null, isolation: "dedicated" }),
  ).toBe("frankfurt-1");
  expect(targetWords({ cluster: null, driver: "postgres", isolation: "dedicated" })).toBe(
    "the best Postgres cluster",
  );
  expect(targetWords({ cluster: null, driver: "postgres", isolation: "shared" })).toBe("the best pool");
});
