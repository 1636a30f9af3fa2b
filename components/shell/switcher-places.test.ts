import { expect, test } from "vitest";

import { groupPlaces, type EnvironmentPlace } from "./switcher-places";

const acme = { slug: "acme", name: "Acme" };
const zeta = { slug: "zeta", name: "Zeta" };
const place = (organization: typeof acme, slug: string): EnvironmentPlace => ({
  slug,
  name: slug,
  envType: "staging",
  organization,
});
const places = {
  organizations: [acme, zeta],
  environments: [place(acme, "prod"), place(zeta, "prod"), place(zeta, "dev")],
  recent: [place(zeta, "dev"), place(acme, "prod")],
};
const shape = (groups: ReturnType<typeof groupPlaces>) =>
  groups.map((group) => [group.value, group.items.map((item) => item.environment?.slug ?? null)]);

test("recent environments come first, then the present organization, each under its own name", () => {
  expect(shape(groupPlaces(places, "", "zeta"))).toEqual([
    ["Recent", ["dev", "prod"]],
    ["Zeta", [null, "prod", "dev"]],
    ["Acme", [null, "prod"]],
  ]);
});

test("what was typed leaves the recent ones out", () => {
  expect(groupPlaces(places, "prod", "acme").map((group) => group.value)).toEqual(["Acme", "Zeta"]);
});

test("an environment whose organization did not match stands under its name, and is the first choice", () => {
  const found = { organizations: [], environments: [place(acme, "prod")], recent: [] };
  expect(shape(groupPlaces(found, "prod", null))).toEqual([["Acme", ["prod"]]]);
});

test("an organization of which only environments were listed is still a choice while nothing is typed", () => {
  const found = { organizations: [], environments: [place(acme, "prod")], recent: [] };
  expect(shape(groupPlaces(found, "", null))).toEqual([["Acme", [null, "prod"]]]);
});

test("two environments of one name are told apart by their slugs, and those of others are left alone", () => {
  const twin = { ...place(acme, "production"), name: "prod" };
  const found = { ...places, environments: [...places.environments, twin] };
  const hints = groupPlaces(found, "prod", "acme").flatMap((group) =>
    group.items.map((item) => [item.organization.slug, item.environment?.slug ?? null, item.hint]),
  );
  expect(hints).toEqual([
    ["acme", null, null],
    ["acme", "prod", "prod"],
    ["acme", "production", "production"],
    ["zeta", null, null],
    ["zeta", "prod", null],
    ["zeta", "dev", null],
  ]);
});

test("an environment that is also recent appears twice, under two ids", () => {
  const ids = groupPlaces(places, "", "acme").flatMap((group) => group.items.map((item) => item.id));
  expect(new Set(ids).size).toBe(ids.length);
});
