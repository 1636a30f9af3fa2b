import { judge, type Result } from "./measure";
import { rotateUnderLoad } from "./rotation-load";
import { openInstallation } from "./rotation-world";

const longestMs = 5000;
const requestsPerSecond = 100;
const overlapSeconds = 3;

/** Rotations of the credential that a service works with: no request fails, and old secrets die on time. */
export const rotationOf =
  (driver: "sqlite" | "postgres") =>
  async ({ quick }: { quick: boolean }): Promise<Result> => {
    const rotations = quick ? 4 : 20;
    const installation = await openInstallation(driver);
    const load = { ...installation, driver, rotations, overlapSeconds, requestsPerSecond };
    const { requests, failures, refetches, deadAfterMs } = await rotateUnderLoad(load);
    await installation.close();
    const value = Math.max(...deadAfterMs);
    return judge({
      metric: "old secret dead after its overlap, at most (ms)",
      value,
      limit: longestMs,
      holds: failures.length === 0,
      conditions: {
        driver,
        rotations,
        overlap_seconds: overlapSeconds,
        requests_per_second: requestsPerSecond,
        requests,
        failed_requests: failures.length,
        first_failure: failures[0] ?? null,
        refetches,
      },
    });
  };
