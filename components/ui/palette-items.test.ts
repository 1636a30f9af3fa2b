import { expect, test } from "vitest";

import { filterGroups } from "./palette-items";

const groups = [
  { label: "Recent", items: [{ id: "a", label: "Staging", hint: "Acme" }] },
  {
    label: "Go to",
    items: [
      { id: "a", label: "Staging", hint: "Acme" },
      { id: "b", label: "New environment", keywords: "create add" },
    ],
  },
];

test("every word has to be found, in label, hint or keywords", () => {
  expect(filterGroups(groups, "add env").map((group) => group.items.map((item) => item.id))).toEqual([["b"]]);
});

test("an item shows once, in the first group that has it", () => {
  expect(filterGroups(groups, "").map((group) => group.items.map((item) => item.id))).toEqual([["a"], ["b"]]);
});

test("groups without a match are left out", () => {
  expect(filterGroups(groups, "nothing like it")).toEqual([]);
});
