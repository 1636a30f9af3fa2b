import { afterAll, beforeAll, expect, test } from "vitest";
import { createPostgresDriver } from "@/server/drivers/postgres/driver";
import { testEveryFault } from "@/server/testing/faults/sweep";
import { openPostgresFaults, type FaultWorld } from "@/server/testing/faults/world";
import { filesInClear } from "@/server/testing/invariants/clear-text";
import { withPostgres } from "@/server/testing/postgres";

const postgres = withPostgres();
let world: FaultWorld;
beforeAll(async () => {
  const adminUrl = postgres.adminUrl();
  world = await openPostgresFaults(createPostgresDriver({ adminUrl, publicUrl: postgres.publicUrl() }));
}, 60_000);
afterAll(() => world.end());

testEveryFault("postgres", () => world, {
  provision: "createDatabase verifyDatabase mintSecret wrap unwrap installLogin",
  issue: "mintSecret wrap unwrap installLogin unwrap verifyLogin",
  rotate: "mintSecret wrap unwrap installLogin unwrap verifyLogin revokeLogin",
  revoke: "revokeLogin",
  suspend: "suspendDatabase",
  resume: "resumeDatabase",
  delete: "dropDatabase",
});

test("postgres: no login is left of all this but those of the environments that are left", async () => {
  const logins = await postgres.ask("SELECT rolname FROM pg_roles WHERE rolname ~ '^cred_'");
  expect(logins).toEqual([]);
});

test("postgres: no secret that was ever made lies anywhere in clear, the write-ahead log included", () => {
  const secrets = world.minted.map(({ secret }) => secret);
  expect(secrets.length).toBeGreaterThan(100);
  const places = [world.directory, process.env.FREEHOLD_DATA_DIR ?? "", postgres.directory()];
  expect(filesInClear(places, secrets)).toEqual([]);
});
