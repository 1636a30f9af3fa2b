import { expect, test } from "vitest";
import { commandFor, tenantsText } from "./pool-words";

const schools = { name: "Schools", slug: "schools", cluster: "postgres", capacity: null };

test.each([
  [{}, "freehold pool create Schools --slug schools --cluster postgres"],
  [{ capacity: 0 }, "freehold pool create Schools --slug schools --cluster postgres --capacity 0"],
  [{ slug: "" }, "freehold pool create Schools --cluster postgres"],
  [{ slug: "$(reboot)" }, "freehold pool create Schools --cluster postgres"],
  [
    { name: "It's; reboot", slug: "its" },
    String.raw`freehold pool create 'It'\''s; reboot' --slug its --cluster postgres`,
  ],
  [{ name: "$HOME `id`" }, "freehold pool create '$HOME `id`' --slug schools --cluster postgres"],
])("%j is made by: %s", (given, command) => {
  expect(commandFor({ ...schools, ...given })).toBe(command);
});

test("tenants are counted as people do", () => {
  expect([0, 1, 1200].map(tenantsText)).toEqual(["0 tenants", "1 tenant", "1,200 tenants"]);
});
