import fc from "fast-check";
import { expect, test } from "vitest";
import { paths, safeNext, samePage } from "./paths";

const origins = ["http://localhost:3000", "https://console.example.com"];

/** Where a browser on the console would end up. */
const landsOn = (next: string, base: string) => new URL(next, `${base}/sign-in`).origin;

const elsewhere = [
  "//evil.test",
  "///evil.test",
  "////evil.test",
  "/\\evil.test",
  "\\\\evil.test",
  "\\/evil.test",
  "/%5cevil.test",
  "/%2f%2fevil.test",
  "/\tevil.test",
  "/\t/evil.test",
  "\t//evil.test",
  " //evil.test",
  "/\n/evil.test",
  "/\r\n/evil.test",
  "\u0000//evil.test",
  "https://evil.test",
  "HTTPS://evil.test",
  "https:evil.test",
  "http:/evil.test",
  "//user@evil.test",
  "/@evil.test",
  "@evil.test",
  "evil.test",
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "blob:x",
  "/..//evil.test",
  "/.//evil.test",
  "/./\\evil.test",
  "/a/..//evil.test",
  "//localhost:3000@evil.test",
  "/\u2028/evil.test",
  "／／evil.test",
  "/／evil.test",
  "\ufeff//evil.test",
  "?next=//evil.test",
  "#//evil.test",
  "",
];

test.for(elsewhere)("next=%j stays on this console", (next) => {
  for (const base of origins) expect(landsOn(safeNext(next), base)).toBe(base);
});

test.each(["", null, undefined, "evil.test", "https://evil.test"])("next=%j leads home", (next) => {
  expect(safeNext(next)).toBe(paths.home());
});

const pages = [
  "/acme",
  "/acme/environments/prod/database?tab=tables",
  "/fleet/operations?status=failed&cursor=abc",
  "/account/api-keys",
];
test.each(pages)("next=%j is kept", (page) => {
  expect(safeNext(page)).toBe(page);
});

test("whatever next is, it stays on this console", () => {
  const slashes = fc.string({
    unit: fc.constantFrom(
      "/",
      "\\",
      ".",
      "@",
      ":",
      "\t",
      "\n",
      " ",
      "%",
      "2",
      "f",
      "5",
      "c",
      "e",
      "?",
      "#",
      "x",
    ),
    maxLength: 30,
  });
  fc.assert(
    fc.property(fc.oneof(slashes, fc.string({ unit: "binary" }), fc.webUrl()), (next) => {
      for (const base of origins) if (landsOn(safeNext(next), base) !== base) return false;
      return safeNext(safeNext(next)) === safeNext(next);
    }),
    { numRuns: 3000 },
  );
});

test("a name in an address cannot leave its place", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), fc.string(), (organization, environment) => {
      const url = new URL(
        paths.environment(organization || "a", environment || "b"),
        "https://console.example.com",
      );
      return url.origin === "https://console.example.com" && url.search === "" && url.hash === "";
    }),
  );
});

test("the switcher keeps the page and nothing else", () => {
  expect(samePage("/acme/environments/prod/members", "other", "dev")).toBe("/other/environments/dev/members");
  expect(samePage("/acme/environments/prod", "other", "dev")).toBe("/other/environments/dev");
  expect(samePage("/fleet//evil.test", "other", "dev")).toBe("/other/environments/dev");
});
