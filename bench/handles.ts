import { spawnSync } from "node:child_process";
import { z } from "zod";
import { mostHandles } from "@/server/drivers/sqlite/layout";
import { judge, withScratchDirectory, type Result } from "./measure";

const descriptors = 1024;
const databases = 2_000;
const opens = 10_000;
/** Beside three descriptors per handle, what the runtime itself needs. */
const allowed = 3 * mostHandles + 64;

const Report = z.object({
  errors: z.int(),
  fds: z.int(),
  rssAtStart: z.number(),
  rssPeak: z.number(),
  seconds: z.number(),
});

/** Opens many more databases than there are file descriptors, in a process that is given few. */
export async function run(): Promise<Result> {
  return withScratchDirectory(async (directory) => {
    const child = spawnSync(
      "sh",
      [
        "-c",
        `ulimit -n ${descriptors}; exec "$0" --import ./scripts/typescript.mjs bench/handles-child.ts "$@"`,
        process.execPath,
        directory,
        String(databases),
        String(opens),
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
    );
    if (child.status !== 0)
      throw new Error(`The measuring process ended with ${child.signal ?? child.status}.`);
    const { errors, fds, rssAtStart, rssPeak, seconds } = Report.parse(JSON.parse(child.stdout));
    const growth = rssPeak / rssAtStart;
    return judge({
      metric: "file descriptors open at once",
      value: fds,
      limit: allowed,
      holds: errors === 0 && growth <= 2,
      conditions: {
        opens,
        databases,
        descriptors,
        cap: mostHandles,
        errors,
        rss_growth: growth,
        rss_growth_goal: 2,
        seconds,
      },
    });
  });
}
