import { expect, test } from "vitest";
import { parseTiles } from "./map-tiles";

test("each line is a database", () => {
  expect(parseTiles("e1 acme prod active 98304\ne2 acme dev failed 0")).toEqual([
    { id: "e1", organization: "acme", environment: "prod", status: "active", bytes: 98_304 },
    { id: "e2", organization: "acme", environment: "dev", status: "failed", bytes: 0 },
  ]);
});

test("nothing, a broken line and a status that is not known yet are left out", () => {
  expect(parseTiles("")).toEqual([]);
  expect(parseTiles("e1 acme\ne2 acme dev dreaming 0")).toEqual([]);
});
