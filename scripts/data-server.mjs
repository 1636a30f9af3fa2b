import { fork } from "node:child_process";
import { connect } from "node:net";
import { join } from "node:path";
import { whenEnding } from "./lifetime.mjs";
import { progress, root } from "./node24.mjs";

const readyWithinMs = 30_000;
const longestPauseMs = 10_000;
const endsWithinMs = 10_000;
/** So long without a fall, and the next one is the first again. */
const soundMs = 60_000;

/** The port of the data server for a console on `port`. */
export const dataPortFor = (port) => Number(process.env.FREEHOLD_DATA_PORT || port + 1);

/** True when something listens on the port already. */
export function isTaken(port) {
  return new Promise((done) => {
    const socket = connect({ host: "localhost", port });
    socket.once("connect", () => done(true)).once("error", () => done(false));
    socket.once("connect", () => socket.destroy());
  });
}

/**
 * Runs the data server in a process of its own, and again when it falls; it ends with this
 * process. Resolves when it answers, or after half a minute.
 */
export async function superviseDataServer() {
  let isEnding = false;
  let child = null;
  let pauseMs = 100;
  const ready = Promise.withResolvers();

  function start() {
    const startedAt = Date.now();
    child = fork(join(root, "bin/freehold"), ["data-server"], { cwd: root, execArgv: [] });
    child.on("message", () => ready.resolve());
    child.once("exit", (code, signal) => {
      child = null;
      if (isEnding) return;
      pauseMs = Date.now() - startedAt > soundMs ? 100 : Math.min(longestPauseMs, pauseMs * 2);
      progress(`The data server ended (${signal ?? code}). It is started again.`);
      setTimeout(() => isEnding || start(), pauseMs);
    });
  }

  whenEnding(async () => {
    isEnding = true;
    if (!child) return;
    const ending = child;
    const gone = new Promise((done) => ending.once("exit", done));
    ending.kill("SIGTERM");
    const impatience = setTimeout(() => ending.kill("SIGKILL"), endsWithinMs);
    await gone;
    clearTimeout(impatience);
  });
  start();
  const patience = setTimeout(() => {
    progress("The data server is not ready yet. The console goes on without it.");
    ready.resolve();
  }, readyWithinMs);
  await ready.promise;
  clearTimeout(patience);
}
