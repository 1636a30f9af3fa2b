import { createServer, get } from "node:http";
import { resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { dataPortFor, isTaken, superviseDataServer } from "./data-server.mjs";
import { ensureBuilt, ensureInstalled } from "./ensure.mjs";
import { whenEnding } from "./lifetime.mjs";
import { onNode24, progress, root } from "./node24.mjs";

const graceMs = 1000;
const portPatienceMs = 2000;
const readyWithinMs = 60_000;

await onNode24();
const port = readPort(process.env.PORT);
await close(await listen(createServer()));
const servesData = process.env.FREEHOLD_DATA_SERVER !== "off";
const dataPort = dataPortFor(port);
if (servesData && (await staysTaken(dataPort)))
  giveUp(`Port ${dataPort} is in use. Stop what uses it, or choose another one with FREEHOLD_DATA_PORT.`);
await ensureInstalled();
await ensureBuilt();
await serve();

// The server runs in this very process: whoever kills it has killed all of it.
async function serve() {
  process.env.NODE_ENV = "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  process.env.PORT = String(port);
  process.env.FREEHOLD_DATA_DIR = resolve(process.env.FREEHOLD_DATA_DIR || resolve(root, ".freehold"));
  process.chdir(root);
  const { default: next } = await import("next");
  const everywhere = await headersOfEveryAnswer();
  const app = next({ dev: false, dir: root, hostname: "localhost", port, quiet: true });
  const serving = servesData ? superviseDataServer() : undefined;
  await app.prepare();
  const handle = app.getRequestHandler();
  const server = await listen(
    createServer((request, response) => {
      // Offered by what Next has built, once it has started.
      if (globalThis[Symbol.for("freehold.answer-directly")]?.(request, response, everywhere)) return;
      handle(request, response).catch((error) => {
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        response.writeHead(500).end();
      });
    }),
  );
  whenEnding(() => stop(server));
  await Promise.all([untilLive(), serving]);
  process.stdout.write(`Freehold is ready at http://localhost:${port}\n`);
}

/** As next.config.ts lists them. Next says how long it took to read its settings, unless they were read before. */
async function headersOfEveryAnswer() {
  const [{ default: config }, { PHASE_PRODUCTION_SERVER }] = await Promise.all([
    import("next/dist/server/config.js"),
    import("next/constants.js"),
  ]);
  const { headers } = await config.default(PHASE_PRODUCTION_SERVER, root);
  const listed = (await headers()).flatMap((rule) => rule.headers);
  return Object.fromEntries(listed.map(({ key, value }) => [key.toLowerCase(), value]));
}

function readPort(text = "3000") {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 65535)
    giveUp("PORT must be a whole number between 1 and 65535.");
  return number;
}

// A server that was killed a moment ago may still hold the port.
async function listen(server) {
  for (const patientUntil = Date.now() + portPatienceMs; ; await wait(100)) {
    const error = await tryToListen(server);
    if (!error) return server;
    if (error.code === "EACCES")
      giveUp(`Port ${port} needs more rights than this user has. Choose another one with PORT.`);
    if (error.code !== "EADDRINUSE") throw error;
    if (Date.now() > patientUntil)
      giveUp(`Port ${port} is in use. Stop what uses it, or choose another one with PORT.`);
  }
}

async function staysTaken(taken) {
  for (const patientUntil = Date.now() + portPatienceMs; await isTaken(taken); await wait(100))
    if (Date.now() > patientUntil) return true;
  return false;
}

function tryToListen(server) {
  return new Promise((done) => {
    const settle = (error) => {
      server.off("listening", settle).off("error", settle);
      done(error);
    };
    server.on("listening", settle).on("error", settle).listen(port);
  });
}

function close(server) {
  return new Promise((done) => {
    server.close(done);
  });
}

/** Lets requests under way end, but waits for no open event stream. */
async function stop(server) {
  const closed = close(server);
  server.closeIdleConnections();
  await Promise.race([closed, wait(graceMs)]);
  await globalThis[Symbol.for("freehold.close")]?.();
  return 0;
}

async function untilLive() {
  for (const until = Date.now() + readyWithinMs; Date.now() < until; await wait(50)) {
    if ((await statusOf("/api/health/live")) === 200) return;
  }
  giveUp("The console did not come up within a minute. What went wrong is said above.");
}

function statusOf(path) {
  return new Promise((done) => {
    get({ host: "localhost", port, path, agent: false }, (response) => {
      response.resume();
      done(response.statusCode);
    }).on("error", () => done(0));
  });
}

function giveUp(sentence) {
  progress(sentence);
  process.exit(1);
}
