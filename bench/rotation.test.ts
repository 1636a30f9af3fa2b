import "./own-ports";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rotateUnderLoad } from "./rotation-load";
import { openInstallation } from "./rotation-world";

let installation: Awaited<ReturnType<typeof openInstallation>>;
beforeAll(async () => {
  installation = await openInstallation("postgres");
}, 120_000);
afterAll(() => installation.close());

test.for(["sqlite", "postgres"] as const)(
  "a service on %s that follows the catalog loses no request to a rotation, and the old secret ends",
  { timeout: 120_000 },
  async (driver) => {
    const load = { ...installation, driver, rotations: 2, overlapSeconds: 1, requestsPerSecond: 30 };
    const { failures, requests, deadAfterMs } = await rotateUnderLoad(load);
    expect(failures).toEqual([]);
    expect(requests).toBeGreaterThan(10);
    expect(deadAfterMs).toHaveLength(2);
  },
);
