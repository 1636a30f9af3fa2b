import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

interface Program {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** Hears every line that it prints. */
  onLine?: (line: string) => void;
}

// A program ends with its standard input, so that nothing is left behind however this process ends.
const untilInputEnds =
  'exec 3<&0; "$@" </dev/null 3<&- & child=$!; (read -r _ <&3; kill "$child" 2>/dev/null) & exec 3<&-; wait "$child"';
const patienceMs = 15_000;
const lastWords = 20;

/** The programs that the example starts; the last one ends first. */
export class Programs {
  readonly #running: { name: string; child: ChildProcess }[] = [];
  readonly #onFall: (sentence: string) => void;
  #isEnding = false;

  /** `onFall` hears when one ends by itself, with what it said last. */
  constructor(onFall: (sentence: string) => void) {
    this.#onFall = onFall;
  }

  start({ name, command, args, env, onLine }: Program): void {
    // A group of its own: an interrupt at the terminal is for this process, which ends all in order.
    const child = spawn("sh", ["-c", untilInputEnds, name, command, ...args], {
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...surroundings(), ...env },
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        said.push(line);
        if (said.length > lastWords) said.shift();
        onLine?.(line);
      });
    child.stdin.on("error", () => undefined);
    child.once("exit", () => {
      if (!this.#isEnding) this.#onFall(`${name} ended.\n${said.join("\n")}`);
    });
    this.#running.push({ name, child });
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    for (const { child } of this.#running.toReversed()) await end(child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.stdin?.end();
  const timer = setTimeout(() => {
    if (child.pid) process.kill(-child.pid, "SIGKILL");
  }, patienceMs);
  await gone;
  clearTimeout(timer);
}

/** Runs a program to its end and gives what it printed; throws what it said when it fails. */
export async function run({ name, command, args, env }: Omit<Program, "onLine">): Promise<string> {
  const child = spawn(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...surroundings(), ...env },
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${name} failed.\n${errors || output}`);
  return output;
}

/** Waits until an address answers with success. */
export async function untilAnswers(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const isUp = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Settings of a Freehold of the developer's own are not for this one. */
function surroundings(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(FREEHOLD_|PORT$|NODE_ENV$)/.test(name));
  return { ...Object.fromEntries(kept), NODE_ENV: "production" };
}
