import { afterAll, beforeAll, expect, test } from "vitest";
import { testEveryFault } from "@/server/testing/faults/sweep";
import { openFileFaults, type FaultWorld } from "@/server/testing/faults/world";
import { filesInClear } from "@/server/testing/invariants/clear-text";

let world: FaultWorld;
beforeAll(async () => {
  world = await openFileFaults();
});
afterAll(() => world.end());

testEveryFault("files", () => world, {
  provision: "createDatabase verifyDatabase mintSecret wrap",
  issue: "mintSecret wrap unwrap installLogin unwrap verifyLogin",
  rotate: "mintSecret wrap unwrap installLogin unwrap verifyLogin revokeLogin",
  revoke: "revokeLogin",
  delete: "dropDatabase",
});

test("files: no secret that was ever made lies anywhere in clear", () => {
  const secrets = world.minted.map(({ secret }) => secret);
  expect(secrets.length).toBeGreaterThan(100);
  expect(filesInClear([world.directory, process.env.FREEHOLD_DATA_DIR ?? ""], secrets)).toEqual([]);
});
