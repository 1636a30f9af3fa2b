import { decodeJwt } from "jose";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { readEnv } from "@/server/kernel/env";
import { createServiceWorld, type ServiceWorld } from "@/server/testing/service-world";
import { signEntry } from "./sign-entry";

// Before anything that is imported reads the settings, which happens once.
vi.hoisted(() => (process.env["FREEHOLD_OUTAGE_SECONDS"] = "30"));

let world: ServiceWorld;

beforeAll(async () => {
  world = await createServiceWorld();
}, 60_000);
afterEach(() => vi.useRealTimers());
afterAll(() => world.end());

test("where an outage may last half a minute, an entry lives as long and is signed anew after two seconds", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / 1000) * 1000 });
  const told = { service: "s", tenant: "t", body: "{}" };
  const first = await signEntry(told);
  const { iat = 0, exp = 0 } = decodeJwt(first);
  expect(exp - iat).toBe(30);
  vi.advanceTimersByTime(1000);
  expect(await signEntry(told)).toBe(first);
  vi.advanceTimersByTime(1000);
  expect(await signEntry(told)).not.toBe(first);
});

const settings: [text: string | undefined, seconds: number | RegExp][] = [
  [undefined, 900],
  ["0", 0],
  ["86400", 86_400],
  ["86401", /at most 86400/],
  ["-1", /must not be below 0/],
  ["1.5", /whole number/],
  ["an hour", /number of seconds/],
];

test.for(settings)("FREEHOLD_OUTAGE_SECONDS=%s gives %s", ([text, expected]) => {
  const read = () => readEnv({ FREEHOLD_OUTAGE_SECONDS: text }).outageSeconds;
  if (typeof expected === "number") expect(read()).toBe(expected);
  else expect(read).toThrow(expected);
});
