import { expect, test } from "vitest";
import { parseTiles } from "./map-tiles";

test("each line is a database", () => {
  expect(parseTiles("e1 acme prod active 98304 files\ne2 acme dev failed 0 frankfurt-1")).toEqual([
    {
      id: "e1",
      organization: "acme",
      environment: "prod",
      status: "active",
      bytes: 98_304,
      cluster: "files",
    },
    {
      id: "e2",
      organization: "acme",
      environment: "dev",
      status: "failed",
      bytes: 0,
      cluster: "frankfurt-1",
    },
  ]);
});

test("nothing, a broken line and a status that is not known yet are left out", () => {
  expect(parseTiles("")).toEqual([]);
  expect(parseTiles("e1 acme\ne2 acme dev dreaming 0 files")).toEqual([]);
});
