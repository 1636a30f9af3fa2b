import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../node24.mjs";
import { freePort } from "./free-port.mjs";
import { runScript } from "./life.mjs";
import { endLeases, secretsInClear } from "./oracle.mjs";

const longestMs = 60_000;
const setup = ["setup", "--email", "ann@example.test", "--organization", "Crash", "--json"];

/** True when `next build` has left a server that can be started. */
export function serverIsBuilt() {
  return existsSync(join(root, ".next/BUILD_ID"));
}

/**
 * The real server: two environments are ordered and one is deleted over REST, as a client
 * does who tries again after every answer that did not come. Gives the problems and the kills.
 */
export async function runServerRound(directory, plan) {
  const made = await runScript("bin/freehold", setup, {
    FREEHOLD_DATA_DIR: directory,
    FREEHOLD_SETUP_PASSWORD: "correct horse battery",
  });
  if (made.code !== 0)
    return { problems: [`setup ended with ${made.code}: ${made.stderr.slice(-2000)}`], kills: 0 };
  const { organization, api_key } = JSON.parse(made.stdout);
  const server = supervised(directory, {
    point: plan.point.replace(/@.*/, ""),
    waitForLease: plan.waitForLease,
  });
  const problems = [];
  try {
    const call = client(server, api_key.key ?? api_key);
    await exercise(call, organization.slug);
  } catch (error) {
    problems.push(error.message);
  }
  await server.stop();
  const look = await runScript("server/testing/crash/look.ts", ["prod", "staging", "staging"], {
    FREEHOLD_DATA_DIR: directory,
  });
  problems.push(...look.stdout.split("\n").filter((line) => line.startsWith("violation ")));
  if (look.code !== 0) problems.push(look.stderr.slice(-2000));
  const life = { lines: [`secret ${api_key.key ?? api_key}`], stdout: server.output(), stderr: "" };
  return { problems: [...problems, ...secretsInClear(directory, [life])], kills: server.kills() };
}

async function exercise(call, organization) {
  const order = (key) =>
    call(
      "POST",
      `/organizations/${organization}/environments`,
      { slug: "staging", name: "Staging", env_type: "staging" },
      key,
    );
  const first = (await order("first")).body.environment.id;
  await until(call, first, "active");
  await call("DELETE", `/environments/${first}`, { confirm: "staging" });
  await call("POST", `/environments/${first}/purge`, { confirm: "staging" });
  await until(call, first, "gone");
  await until(call, (await order("second")).body.environment.id, "active");
}

async function until(call, id, wanted) {
  for (const end = Date.now() + longestMs; Date.now() < end; await delay(20)) {
    const { status, body } = await call("GET", `/environments/${id}`);
    if ((status === 404 ? "gone" : body.status) === wanted) return;
  }
  throw new Error(`${id} is not ${wanted} after a minute`);
}

/** A client that repeats what got no answer, and takes a refusal of a repetition for the answer that was lost. */
function client(server, key) {
  return async (method, path, body, idempotencyKey) => {
    for (const end = Date.now() + longestMs; Date.now() < end; await delay(50)) {
      const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
      if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
      const response = await fetch(`${server.address()}/api/v1${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      }).catch(() => null);
      const text = await response?.text().catch(() => null);
      if (response && text !== null && response.status < 500)
        return { status: response.status, body: JSON.parse(text) };
    }
    throw new Error(`${method} ${path} got no answer within a minute`);
  };
}

/** A server that is started again when it was killed, the second time without a failpoint. */
function supervised(directory, { point, waitForLease }) {
  let port = 0;
  let stopping = false;
  let kills = 0;
  let output = "";
  let child;
  const running = (async () => {
    port = await freePort();
    for (let failpoint = point; !stopping; failpoint = undefined) {
      child = start(directory, port, failpoint);
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text) => (output += text));
      const [, signal] = await once(child, "close");
      if (signal !== "SIGKILL") continue;
      kills++;
      if (!waitForLease) endLeases(directory);
    }
  })();
  return {
    address: () => `http://127.0.0.1:${port}`,
    kills: () => kills,
    output: () => output,
    async stop() {
      stopping = true;
      child.kill("SIGTERM");
      await running;
    },
  };
}

function start(directory, port, failpoint) {
  return spawn(
    process.execPath,
    ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", String(port)],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
        PORT: String(port),
        FREEHOLD_DATA_DIR: directory,
        FREEHOLD_LOG_LEVEL: "trace",
        FREEHOLD_DATA_SERVER: "off",
        ...(failpoint ? { FREEHOLD_FAILPOINT: failpoint } : {}),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
}
