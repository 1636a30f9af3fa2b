import { spawn, type ChildProcess } from "node:child_process";
import { closeSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Binaries } from "./binaries";
import { openEnds } from "./holders";
import { environment } from "./initialize";
import type { Place } from "./place";
import { forgetStranger, readPostmaster } from "./postmaster";
import { serverOptions } from "./settings";

/**
 * Runs Postgres under a shell that reads the holders' FIFO: at its end nobody holds the
 * server any more, and it is shut down. The other way round, the reader ends with Postgres.
 * It is asked again and again, as at its very start it does not hear. The shell itself says
 * nothing, as by then nobody may listen.
 */
const guard = `exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
exec 2>/dev/null
(while read -r line <&3; do :; done; while kill -INT $server; do sleep 1 3<&-; done) &
reader=$!
exec 3<&-
wait $server
status=$?
kill $reader
exit $status`;

export interface Launched {
  /** The end of the FIFO that keeps the server running. */
  holder: number;
  port: number;
}

/** Null when it ended because another server has the data directory. Throws a sentence when it cannot start. */
export async function launch(
  binaries: Binaries,
  place: Place,
  settings: { port: number; fsync: boolean },
): Promise<Launched | null> {
  forgetStranger(place.data);
  const before = readPostmaster(place.data)?.pid;
  const { reading, writing } = openEnds(place.holders);
  const command = [binaries.postgres, "-D", place.data, ...serverOptions(place, settings)];
  const child = spawn("/bin/sh", ["-c", guard, "freehold-postgres", ...command], {
    ...place.owner,
    cwd: place.root,
    env: environment,
    // A group of its own: an interrupt from the keyboard is for this process, which then lets go.
    detached: true,
    stdio: [reading, "ignore", "pipe"],
  });
  closeSync(reading);
  const outcome = await untilReady(child, place, before);
  child.stderr?.destroy();
  child.unref();
  if (outcome.port !== null) return { holder: writing, port: outcome.port };
  closeSync(writing);
  if (isOccupied(outcome.said)) return null;
  throw new Error(await explain(settings.port, place, outcome.said));
}

type Outcome = { port: number } | { port: null; said: string };

/** Waits until the server takes connections, or has ended, having said why. */
async function untilReady(child: ChildProcess, place: Place, before: number | undefined): Promise<Outcome> {
  let said = "";
  const ended = new Promise<Outcome>((resolve) => {
    child.once("error", (error) => resolve({ port: null, said: String(error) }));
    child.once("close", () => resolve({ port: null, said }));
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
  for (;;) {
    const outcome = await Promise.race([ended, delay(20, null)]);
    if (outcome) return outcome;
    const postmaster = readPostmaster(place.data);
    // The file of a server that was there before says that it is ready, too.
    if (postmaster?.isReady && postmaster.pid !== before) return { port: postmaster.port };
  }
}

/** Another server has the directory, or one that was killed has not quite left it. */
function isOccupied(said: string): boolean {
  return said.includes("postmaster.pid") || said.includes("shared memory block");
}

async function explain(port: number, place: Place, said: string): Promise<string> {
  if (!(await isFree(port))) {
    return `Port ${port} of 127.0.0.1 is in use, and Postgres needs it. Choose another port, or stop the program that has it.`;
  }
  const last = said.trim().split("\n").at(-1);
  return `Postgres could not start in ${place.data}: ${last || "see its log"}`;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
