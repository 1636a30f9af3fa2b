// Runs on any Node from 18 on: built-ins only.
import { spawn } from "node:child_process";

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const endings = new Set();
const wasHandedOver = process.env.FREEHOLD_HANDED_OVER === "1";
delete process.env.FREEHOLD_HANDED_OVER;
let isEnding = false;

/**
 * Calls `stop` when this process is asked to end, by a signal or because whoever started
 * it is gone; `stop` may give the exit code. Gives a function that takes it back.
 */
export function whenEnding(stop) {
  if (endings.size === 0) listen();
  endings.add(stop);
  return () => endings.delete(stop);
}

/** Ends the process when everything that was registered has: with the code that one of them gives, else with `code`. */
async function end(code) {
  if (isEnding) return;
  isEnding = true;
  const given = await Promise.all([...endings].map((stop) => stop(code)));
  process.exit(given.find((value) => Number.isInteger(value)) ?? code);
}

let isListening = false;
function listen() {
  if (isListening) return;
  isListening = true;
  for (const [signal, code] of Object.entries(exitCodes)) process.on(signal, () => void end(code));
  process.on("disconnect", () => void end(0));
  if (isBoundToParent()) watchParent();
}

// npm forwards no signal through its shell, and a handed-over process cannot see its
// first one killed. Started by hand, the server may outlive the shell that started it.
function isBoundToParent() {
  return process.env.npm_lifecycle_event !== undefined || wasHandedOver;
}

function watchParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(0);
  }, 200).unref();
}

/**
 * Runs a program to its end; it never outlives this process. `quiet` keeps its output,
 * to be shown when it fails. Gives its exit code and the output that was kept.
 */
export function run(command, args, { quiet = false, timeoutMs, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ["ignore", "pipe", "pipe"] : "inherit";
    const child = spawn(command, args, { stdio, ...options });
    const kept = [];
    child.stdout?.on("data", (chunk) => kept.push(chunk));
    child.stderr?.on("data", (chunk) => kept.push(chunk));
    const closed = new Promise((done) => child.once("close", done));
    const forget = whenEnding(() => {
      child.kill("SIGTERM");
      return closed;
    });
    const timer = timeoutMs && setTimeout(() => child.kill("SIGKILL"), timeoutMs);
    child.once("error", (error) => {
      forget();
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      forget();
      // Who is ending has no use for the outcome, and must not take it for a failure.
      if (!isEnding) resolve({ code: code ?? 1, output: Buffer.concat(kept).toString() });
    });
  });
}
