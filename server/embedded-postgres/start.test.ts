import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "@/bench/free-port";
import { Secret } from "@/server/kernel/secret";
import { hasGuard } from "./holders";
import { preparePlace } from "./place";
import { isAlive, readPostmaster } from "./postmaster";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "./start";

const password = "the-password-of-this-test";
const asRoot = process.getuid?.() === 0;

const made = mkdtempSync(join(tmpdir(), "freehold-embedded-"));

/** Making the files takes longer than all the rest, so that it is done once and copied. */
beforeAll(async () => {
  const port = await freePort();
  const server = await startEmbeddedPostgres({
    dataDir: made,
    port,
    password: new Secret(password),
    fsync: false,
  });
  await server.stop();
}, 120_000);
afterAll(() => removePlace(made));

function removePlace(dataDir: string): void {
  rmSync(preparePlace(dataDir).root, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

async function scratch() {
  const dataDir = mkdtempSync(join(tmpdir(), "freehold-embedded-"));
  const port = await freePort();
  const opened: EmbeddedPostgres[] = [];
  execFileSync("cp", ["-a", preparePlace(made).data, preparePlace(dataDir).data]);
  onTestFinished(async () => {
    await Promise.all(opened.map((server) => server.stop()));
    removePlace(dataDir);
  });
  const elsewhere = () => {
    const child = spawn(
      process.execPath,
      [
        "--import",
        "./scripts/typescript.mjs",
        join(import.meta.dirname, "start-child.ts"),
        dataDir,
        String(port),
        password,
      ],
      { stdio: ["pipe", "pipe", "inherit"] },
    );
    onTestFinished(() => void child.kill("SIGKILL"));
    return child;
  };
  return {
    dataDir,
    port,
    async start(options: { port?: number; password?: string } = {}) {
      const server = await startEmbeddedPostgres({
        dataDir,
        port: options.port ?? port,
        password: new Secret(options.password ?? password),
        fsync: false,
      });
      opened.push(server);
      return server;
    },
    /** A process of its own that starts or joins. */
    elsewhere,
    /** The same once it has told its port. */
    async startElsewhere() {
      const child = elsewhere();
      const [said]: unknown[] = await once(child.stdout, "data");
      return { child, port: Number(said) };
    },
  };
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: "array" });
    return rows.flat();
  } finally {
    await client.end();
  }
}

const postmasterOf = ({ directory }: EmbeddedPostgres) => readPostmaster(join(directory, "data"));
const untilGone = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), 20_000);

test("a server takes its superuser's password, and nobody without it", async () => {
  const { start } = await scratch();
  const { adminUrl, port } = await start();
  expect(await ask(adminUrl.reveal(), "SELECT current_user")).toEqual(["freehold"]);
  const wrong = `postgresql://freehold:wrong@127.0.0.1:${port}/postgres`;
  await expect(ask(wrong, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
  const rules = await ask(adminUrl.reveal(), "SELECT DISTINCT auth_method FROM pg_hba_file_rules");
  expect(rules).toEqual(["scram-sha-256"]);
  expect(String(adminUrl)).toBe("[secret]");
});

test("its files are for their owner alone, and hold no password", async () => {
  const { start } = await scratch();
  const { directory } = await start();
  for (const path of [directory, join(directory, "data"), join(directory, "socket")]) {
    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(path).uid).toBe(asRoot ? 65534 : process.getuid?.());
  }
  const found = spawnSync("grep", ["-rlF", "--devices=skip", password, directory], { encoding: "utf8" });
  expect([found.status, found.stdout]).toEqual([1, ""]);
});

test("no role may connect to the databases that every server has", async () => {
  const { start } = await scratch();
  const { adminUrl, port } = await start();
  await ask(adminUrl.reveal(), "CREATE ROLE stranger LOGIN PASSWORD 'stranger'");
  for (const database of ["postgres", "template1"]) {
    const url = `postgresql://stranger:stranger@127.0.0.1:${port}/${database}`;
    await expect(ask(url, "SELECT 1")).rejects.toMatchObject({ code: "42501" });
  }
});

test("what was stored is there after a stop, and stopping twice is fine", async () => {
  const { start } = await scratch();
  const first = await start();
  await ask(first.adminUrl.reveal(), "CREATE TABLE item AS SELECT 7 AS id");
  await first.stop();
  await first.stop();
  expect(postmasterOf(first)).toBeNull();
  const second = await start();
  expect(await ask(second.adminUrl.reveal(), "SELECT id FROM item")).toEqual([7]);
});

test("two that start at once share one server, which ends with the last of them", async () => {
  const { start } = await scratch();
  const [first, second] = await Promise.all([start(), start()]);
  const { pid } = postmasterOf(first)!;
  await first.stop();
  expect(await ask(second.adminUrl.reveal(), "SELECT 1")).toEqual([1]);
  await second.stop();
  expect(isAlive(pid)).toBe(false);
});

test("another process joins a running server and learns its port", async () => {
  const { start, startElsewhere, port } = await scratch();
  const elsewhere = await startElsewhere();
  const joined = await start({ port: await freePort() });
  expect([elsewhere.port, joined.port]).toEqual([port, port]);
  elsewhere.child.kill("SIGKILL");
  await once(elsewhere.child, "exit");
  expect(await ask(joined.adminUrl.reveal(), "SELECT 1")).toEqual([1]);
});

test("a server does not outlive the process that was killed", async () => {
  const { start, startElsewhere } = await scratch();
  const { child } = await startElsewhere();
  const joined = await start();
  const { pid } = postmasterOf(joined)!;
  await joined.stop();
  expect(isAlive(pid)).toBe(true);
  child.kill("SIGKILL");
  await untilGone(pid);
});

test("a server does not outlive a process that was killed while it started", async () => {
  const { start, elsewhere } = await scratch();
  const server = await start();
  await server.stop();
  const child = elsewhere();
  const { pid } = await vi.waitUntil(() => postmasterOf(server), { interval: 1, timeout: 20_000 });
  child.kill("SIGKILL");
  await untilGone(pid);
  await vi.waitFor(() => expect(hasGuard(join(server.directory, "holders"))).toBe(false), 20_000);
});

test("a server that was killed is recovered with what it had committed", async () => {
  const { start } = await scratch();
  const first = await start();
  await ask(first.adminUrl.reveal(), "CREATE TABLE item AS SELECT 7 AS id");
  const busy = ask(first.adminUrl.reveal(), "SELECT pg_sleep(30)").catch(() => "cut off");
  await vi.waitFor(async () => {
    const waiting = "SELECT count(*)::int FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    expect(await ask(first.adminUrl.reveal(), waiting)).toEqual([1]);
  });
  process.kill(postmasterOf(first)!.pid, "SIGKILL");
  const second = await start();
  expect(await ask(second.adminUrl.reveal(), "SELECT id FROM item")).toEqual([7]);
  expect(await busy).toBe("cut off");
});

test("a server whose guard was killed is ended and started under a new one", async () => {
  const { start } = await scratch();
  const first = await start();
  const { pid } = postmasterOf(first)!;
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const processes = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const guard = processes.find(([candidate]) => candidate === pid)![1]!;
  const reader = processes.find(([other, parent]) => parent === guard && other !== pid)![0]!;
  for (const one of [guard, reader]) process.kill(one, "SIGKILL");
  await vi.waitFor(() => expect(hasGuard(join(first.directory, "holders"))).toBe(false));
  const second = await start();
  expect(postmasterOf(second)!.pid).not.toBe(pid);
  expect(await ask(second.adminUrl.reveal(), "SELECT 1")).toEqual([1]);
});

test("the number of a server that is gone may be another process's by now", async () => {
  const { start } = await scratch();
  const first = await start();
  const path = join(first.directory, "data", "postmaster.pid");
  const left = readFileSync(path, "utf8");
  await first.stop();
  const owner = asRoot ? { uid: 65534, gid: 65534 } : {};
  const stranger = spawn("sleep", ["60"], { ...owner, stdio: "ignore" });
  onTestFinished(() => void stranger.kill());
  writeFileSync(path, left.replace(/^\d+/, String(stranger.pid)));
  const second = await start();
  expect(await ask(second.adminUrl.reveal(), "SELECT 1")).toEqual([1]);
  expect(stranger.exitCode).toBeNull();
});

test("a port in use is named", async () => {
  const { start, port } = await scratch();
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  onTestFinished(() => void other.close());
  await expect(start()).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use, and Postgres needs it.`);
  other.close();
  await once(other, "close");
  expect((await start()).port).toBe(port);
});

test("data of another version, another user or another secret is left alone", async () => {
  const { start, dataDir } = await scratch();
  const server = await start();
  await expect(start({ password: "another" })).rejects.toThrow("was made with another secret");
  await server.stop();
  const version = join(server.directory, "data", "PG_VERSION");
  writeFileSync(version, "17\n");
  await expect(start()).rejects.toThrow("was made by Postgres 17, and this Freehold brings 18");
  writeFileSync(version, "18\n");
  if (!asRoot) return;
  execFileSync("chown", ["12345", server.directory]);
  await expect(start()).rejects.toThrow("belongs to another user");
  execFileSync("chown", ["65534", server.directory]);
  mkdirSync(join(dataDir, "postgres", "data"), { recursive: true });
  await expect(start()).rejects.toThrow("was made by another user");
  rmSync(join(dataDir, "postgres"), { recursive: true });
});

test("what a process left that died while it made the files is removed", async () => {
  const { start } = await scratch();
  const server = await start();
  await server.stop();
  const gone = spawn("true");
  await once(gone, "exit");
  const left = join(server.directory, `data.${gone.pid}.abc`);
  mkdirSync(left);
  await start();
  expect(existsSync(left)).toBe(false);
});
