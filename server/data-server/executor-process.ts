import { spawn } from "node:child_process";
import { Socket } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";
import { logger } from "@/server/kernel/logger";
import { createFrameReader, encodeFrame } from "./frames";
import type { Command, FinalReport } from "./messages";
import { RequestError } from "./request-error";

const dropped = z.array(z.string());
const state = z.enum(["closed", "free", "held"]);
const Head = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("beat") }),
  z.strictObject({ type: z.literal("part") }),
  z.strictObject({ type: z.literal("done"), state, sizeBytes: z.number(), dropped }),
  z.strictObject({ type: z.literal("busy"), dropped }),
  z.strictObject({
    type: z.literal("refused"),
    code: z.string(),
    message: z.string(),
    status: z.int(),
    state,
    dropped,
  }),
]);

export interface Answer {
  report: FinalReport;
  body: Buffer;
}

interface Running {
  /** When the statement that runs now began, as far as is known. */
  since: number;
  begun: number;
  onPart(bytes: Buffer): void;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** A process that runs one command at a time. */
export interface Executor {
  readonly pid: number;
  isReady: boolean;
  /** What it does now, since when in milliseconds of `performance.now()`. */
  readonly running: Pick<Running, "since" | "begun"> | null;
  /** Databases that it has open. */
  readonly databases: Set<string>;
  /** Streams that it alone can go on with; all of one database. */
  readonly holds: Set<number>;
  /** Whose streams these are. While there are any it works for this database only. */
  owner: string | null;
  idleSince: number;
  run(command: Command, body: Buffer | string, onPart: (bytes: Buffer) => void): Promise<Answer>;
  /** Ends it at once. What it was running fails with this error. */
  kill(because: RequestError): void;
  /** Lets it close its databases and end. */
  stop(): void;
}

export interface ExecutorOptions {
  directory: string;
  /** How many connections it keeps open. */
  handles: number;
  /** What it runs; left out for the one that there is. */
  program?: string;
  onReady(executor: Executor): void;
  onExit(executor: Executor): void;
}

const crashed = () =>
  new RequestError(
    "SQLITE_ABORT",
    "The process that ran this statement ended. Nothing of an open transaction was kept.",
    500,
  );

// The working directory is the repository's root for everything that starts a server, and this file knows it in any case.
const root = resolve(import.meta.dirname, "../..");

// What a result leaves behind is garbage at once, so little room for it is enough, and there are many executors.
const flags = ["--max-semi-space-size=2", "--import", "./scripts/typescript.mjs"];

const usual = join(import.meta.dirname, "executor/main.ts");

/** Its environment is empty: nothing that the server knows is in there. */
function spawnExecutor({ directory, handles, program = usual }: ExecutorOptions) {
  const child = spawn(process.execPath, [...flags, program, directory, String(handles)], {
    cwd: root,
    env: { NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const pipe = child.stdio[3];
  if (!(pipe instanceof Socket)) throw new Error("The pipe to an executor is missing.");
  // A write to an executor that has just ended; its exit tells the same.
  pipe.on("error", () => {});
  return { child, pipe };
}

/** It runs what strangers wrote: what it says may end it, and never this process. */
function understands(read: (chunk: Buffer) => void, chunk: Buffer): boolean {
  try {
    read(chunk);
    return true;
  } catch (error) {
    logger.error({ err: error }, "an executor said what it must not");
    return false;
  }
}

export function startExecutor(options: ExecutorOptions): Executor {
  const { onReady, onExit } = options;
  const { child, pipe } = spawnExecutor(options);
  let running: Running | null = null;
  let ended: RequestError | null = null;

  const executor: Executor = {
    pid: child.pid ?? 0,
    isReady: false,
    get running() {
      return running;
    },
    databases: new Set(),
    holds: new Set(),
    owner: null,
    idleSince: performance.now(),
    run(command, body, onPart) {
      return new Promise<Answer>((resolveAnswer, reject) => {
        const now = performance.now();
        running = { since: now, begun: now, onPart, resolve: resolveAnswer, reject };
        pipe.write(encodeFrame(command, body));
      });
    },
    kill(because) {
      ended ??= because;
      child.kill("SIGKILL");
    },
    stop: () => void pipe.end(),
  };

  function finish(answer: Answer): void {
    const done = running;
    running = null;
    executor.idleSince = performance.now();
    for (const database of answer.report.dropped) executor.databases.delete(database);
    done?.resolve(answer);
  }

  const read = createFrameReader(({ head, body }) => {
    const report = Head.parse(head);
    if (report.type === "ready") {
      executor.isReady = true;
      onReady(executor);
    } else if (report.type === "beat") {
      if (running) running.since = performance.now();
    } else if (report.type === "part") running?.onPart(Buffer.from(body));
    else finish({ report, body });
  });
  pipe.on("data", (chunk: Buffer) => {
    if (!ended && !understands(read, chunk)) executor.kill(crashed());
  });
  child.once("error", () => onExit(executor));
  child.once("exit", () => {
    onExit(executor);
    running?.reject(ended ?? crashed());
    running = null;
  });
  return executor;
}
