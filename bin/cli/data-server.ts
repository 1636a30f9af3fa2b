import type { Command } from "commander";

export function addDataServer(program: Command): void {
  program
    .command("data-server")
    .description("serve the tenants' databases in a process of its own, until SIGTERM")
    .addHelpText(
      "after",
      "\nnpm start runs it already. By itself it needs the data directory (FREEHOLD_DATA_DIR) and listens on FREEHOLD_DATA_PORT.",
    )
    .action(serve);
}

async function serve(): Promise<void> {
  process.umask(0o077);
  const [{ startDataPlane }, { logger }] = await Promise.all([
    import("@/server/data-plane"),
    import("@/server/kernel/logger"),
  ]);
  const ending = new Promise<string>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.once(signal, () => resolve(signal));
    // Whoever started it is gone.
    process.once("disconnect", () => resolve("disconnect"));
  });
  const plane = await startDataPlane();
  if (process.send) process.send({ ready: plane.port });
  else logger.info({ port: plane.port }, "data server started");
  const why = await ending;
  logger.info({ why }, "data server is stopping");
  await plane.close();
}
