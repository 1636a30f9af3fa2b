import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll } from "vitest";
import { z } from "zod";
import { freePort } from "@/bench/free-port";

const Paths = z.record(z.string(), z.string().nullable());
const startsWithinMs = 120_000;
// Its standard input ends with this process, however that ends, and the server ends with it.
const untilInputEnds = '"$@" & child=$!; read -r _; kill "$child"; wait "$child"';

interface Program {
  command: string;
  args: string[];
  env?: Record<string, string>;
  /** What it prints when it can be used. */
  ready: string;
}

interface Broker {
  port(): number;
  url(): string;
}

async function pathOf(name: string): Promise<string> {
  const script = join(import.meta.dirname, "../../scripts/brokers.mjs");
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  const found = Paths.parse(JSON.parse(stdout))[name];
  if (!found) throw new Error(stderr.trim());
  return found;
}

async function start({ command, args, env, ready }: Program): Promise<() => Promise<void>> {
  const server = spawn("sh", ["-c", untilInputEnds, "sh", command, ...args], {
    env: { PATH: process.env.PATH ?? "", NODE_ENV: "test", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const stop = async () => {
    if (server.exitCode === null) {
      server.stdin.end();
      await once(server, "close");
    }
  };
  await until(server, ready).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return stop;
}

function until(server: ChildProcess, ready: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(
      () => reject(new Error(`It does not start within ${startsWithinMs} ms:\n${output}`)),
      startsWithinMs - 10_000,
    );
    const read = (text: string) => {
      output = (output + text).slice(-20_000);
      if (!output.includes(ready)) return;
      clearTimeout(timer);
      resolve();
    };
    server.stdout?.setEncoding("utf8").on("data", read);
    server.stderr?.setEncoding("utf8").on("data", read);
  });
}

/** Starts programs before the first test of the file and ends them after the last, the last one first. */
function withPrograms(scheme: string, plan: (directory: string, port: number) => Promise<Program[]>): Broker {
  let port = 0;
  let directory = "";
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), `freehold-${scheme}-`));
    port = await freePort();
    for (const program of await plan(directory, port)) stops.unshift(await start(program));
  }, startsWithinMs);
  afterAll(async () => {
    for (const stop of stops) await stop();
    if (directory) rmSync(directory, { recursive: true, force: true });
  }, startsWithinMs);
  return { port: () => port, url: () => `${scheme}://127.0.0.1:${port}` };
}

/** A RabbitMQ of the test file's own. It takes seconds to start. */
export function withRabbitmq(): Broker {
  return withPrograms("amqp", async (directory, port) => {
    const command = await pathOf("rabbitmq-server");
    const env = await rabbitmqEnv(directory, port);
    return [
      { command: "sh", args: ["-c", "echo ready; exec epmd"], env, ready: "ready" },
      { command, args: [], env, ready: "Server startup complete" },
    ];
  });
}

async function rabbitmqEnv(directory: string, port: number): Promise<Record<string, string>> {
  const [config, plugins, settings] = ["rabbitmq.conf", "plugins", "env.conf"].map((name) =>
    join(directory, name),
  );
  writeFileSync(config!, `listeners.tcp.local = 127.0.0.1:${port}\ndisk_free_limit.absolute = 1MB\n`);
  writeFileSync(plugins!, "[].\n");
  writeFileSync(settings!, "");
  const [mnesia, log] = ["mnesia", "log"].map((name) => join(directory, name));
  for (const folder of [mnesia!, log!]) mkdirSync(folder);
  return {
    // Where its cookie is.
    HOME: directory,
    ERL_EPMD_PORT: String(await freePort()),
    ERL_EPMD_ADDRESS: "127.0.0.1",
    RABBITMQ_NODENAME: `freehold-${port}@localhost`,
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(await freePort()),
    RABBITMQ_CONFIG_FILE: config!,
    RABBITMQ_CONF_ENV_FILE: settings!,
    RABBITMQ_ENABLED_PLUGINS_FILE: plugins!,
    RABBITMQ_MNESIA_BASE: mnesia!,
    RABBITMQ_LOG_BASE: log!,
    RABBITMQ_LOGS: "-",
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "+sbwt none +sbwtdcpu none +sbwtdio none",
  };
}

/** A NATS server of the test file's own. */
export function withNats(): Broker {
  return withPrograms("nats", async (directory, port) => {
    const args = ["--addr", "127.0.0.1", "--port", String(port), "--pid", join(directory, "pid")];
    return [{ command: await pathOf("nats-server"), args, ready: "Server is ready" }];
  });
}

/** A Redis of the test file's own. */
export function withRedis(): Broker {
  return withPrograms("redis", async (directory, port) => {
    const settings = { bind: "127.0.0.1", port: String(port), dir: directory, save: "", appendonly: "no" };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    return [{ command: await pathOf("redis-server"), args, ready: "Ready to accept connections" }];
  });
}
