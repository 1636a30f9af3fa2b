import { expect, test } from "vitest";
import { placeOf } from "./place-values";

const rules = {
  envType: "test",
  region: "us-east",
  isolation: "rules",
  driver: "best",
  cluster: "",
  pool: "",
} as const;

test.each([
  ["everything to the rules", {}, {}],
  ["a pool of the rules' choice", { isolation: "shared" }, { isolation: "shared" }],
  ["a pool by name", { pool: "schools" }, { pool: "schools" }],
  [
    "a pool by name on a cluster",
    { isolation: "shared", pool: "schools", cluster: "postgres" },
    { isolation: "shared", pool: "schools", cluster: "postgres" },
  ],
  [
    "a database, with a pool left over from before",
    { isolation: "dedicated", pool: "schools" },
    { isolation: "dedicated" },
  ],
  ["a driver", { driver: "postgres" }, { driver: "postgres" }],
] as const)("%s", (_, chosen, sent) => {
  expect(placeOf({ ...rules, ...chosen })).toEqual({ envType: "test", region: "us-east", ...sent });
});
