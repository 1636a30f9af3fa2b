import { closeSync, rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { logger } from "@/server/kernel/logger";
import { Secret } from "@/server/kernel/secret";
import { findBinaries, reachableBinaries } from "./binaries";
import { hasGuard, isHeld, joinHolders, noteHolder } from "./holders";
import { initialize, superuser } from "./initialize";
import { launch } from "./launch";
import { directoryOfRoot, preparePlace, type Place } from "./place";
import { isAlive, readPostmaster } from "./postmaster";

export interface EmbeddedPostgresOptions {
  /** The server's files are below it; for root, or with a `home`, in a folder that is named for it. */
  dataDir: string;
  /** Has that folder. Whom root's Postgres runs as must be able to pass through it. */
  home?: string;
  /** On 127.0.0.1. A server that already runs for `dataDir` keeps its own. */
  port: number;
  /** Of the superuser `freehold`; the same at every start. */
  password: Secret;
  /** Off only for data that may be lost. */
  fsync?: boolean;
}

export interface EmbeddedPostgres {
  /** `postgresql://freehold:…@127.0.0.1:port/postgres` */
  adminUrl: Secret;
  port: number;
  /** Where its files are. */
  directory: string;
  /** False once the server has ended, whatever ended it. */
  isRunning(): boolean;
  /** Lets go of the server, which ends with the last process that holds it. */
  stop(): Promise<void>;
}

const patienceMs = 120_000;
const pauseMs = 25;

/**
 * Starts the Postgres that npm installed, or joins the one that another process has started
 * for the same directory. It ends with the last process that uses it, however that one ends.
 * Throws one sentence when it cannot start.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, home, port, password, fsync = true } = options;
  const place = preparePlace(dataDir, home);
  const found = findBinaries();
  const binaries = place.owner ? reachableBinaries(found, directoryOfRoot()) : found;
  await initialize(binaries, place, { password, sync: fsync });
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await delay(pauseMs)) {
    const holder = joinHolders(place.holders);
    const running =
      holder === null ? await launch(binaries, place, { port, fsync }) : await join(place, holder);
    if (!running) {
      if (holder === null) await endUnguarded(place, password);
      continue;
    }
    const refusal = await tryLogin(running.port, password);
    if (refusal === null) return describe(place, running, password);
    closeSync(running.holder);
    if (isWrongPassword(refusal)) throw notItsPassword(place, refusal);
  }
  throw new Error(`Postgres did not start in ${place.data} within ${patienceMs / 1000} seconds.`);
}

/** Waits for the server that another process is starting; null when that one gives up. */
async function join(place: Place, holder: number) {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const postmaster = readPostmaster(place.data);
    if (postmaster?.isReady && isAlive(postmaster.pid)) return { holder, port: postmaster.port };
    if (!hasGuard(place.holders)) break;
    await delay(pauseMs);
  }
  closeSync(holder);
  return null;
}

/** A server whose guard was killed. Its end is asked for only when it proves to be the one of this place. */
async function endUnguarded(place: Place, password: Secret): Promise<void> {
  const postmaster = readPostmaster(place.data);
  if (!postmaster?.isReady || hasGuard(place.holders)) return;
  const refusal = await tryLogin(postmaster.port, password);
  if (refusal !== null) return;
  logger.warn({ pid: postmaster.pid }, "a Postgres that nobody watches over is started anew");
  process.kill(postmaster.pid, "SIGINT");
}

function describe(place: Place, { holder, port }: { holder: number; port: number }, password: Secret) {
  let note: string | null = noteHolder(place.holders);
  const pid = readPostmaster(place.data)?.pid;
  return {
    adminUrl: new Secret(
      `postgresql://${superuser}:${encodeURIComponent(password.reveal())}@127.0.0.1:${port}/postgres`,
    ),
    port,
    directory: place.root,
    isRunning: () => pid !== undefined && isAlive(pid),
    async stop() {
      if (note === null) return;
      rmSync(note, { force: true });
      note = null;
      const postmaster = readPostmaster(place.data);
      closeSync(holder);
      if (postmaster) await untilStopped(place, postmaster.pid);
    },
  };
}

/** Returns at the end of the server, or at once when somebody else holds it. */
async function untilStopped({ holders }: Place, pid: number): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (isAlive(pid) && !isHeld(holders) && Date.now() < deadline) await delay(pauseMs);
}

/** Null when it let us in. */
async function tryLogin(port: number, password: Secret): Promise<unknown> {
  const client = new Client({
    host: "127.0.0.1",
    port,
    user: superuser,
    password: password.reveal(),
    database: "postgres",
    ssl: false,
    options: "-c search_path=pg_catalog",
    application_name: "freehold",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return null;
  } catch (error) {
    return error ?? new Error("It did not answer.");
  } finally {
    await client.end().catch(() => undefined);
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "28P01";
}

function notItsPassword({ root }: Place, cause: unknown): Error {
  return new Error(
    `The Postgres in ${root} was made with another secret. Put that secret back: set FREEHOLD_SECRET, or restore its file.`,
    { cause },
  );
}
