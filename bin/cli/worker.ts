import type { Command } from "commander";
import { openControlPlane } from "./control-plane";

export function addWorker(program: Command): void {
  program
    .command("worker")
    .description("do the long work in a process of its own, until SIGTERM")
    .addHelpText(
      "after",
      "\nThe server works by itself unless FREEHOLD_WORKER=off. Any number of workers may run beside each other.",
    )
    .action(work);
}

async function work(): Promise<void> {
  const plane = await openControlPlane({ prepare: true, quiet: false });
  const [{ startWorker }, { logger }] = await Promise.all([
    import("@/server/sagas/worker"),
    import("@/server/kernel/logger"),
  ]);
  const ending = new Promise<string>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve(signal));
  });
  const worker = startWorker(plane);
  logger.info("worker started");
  const signal = await ending;
  logger.info({ signal }, "worker is stopping");
  await worker.stop();
  await plane.close();
}
