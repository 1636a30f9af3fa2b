import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "@/bench/free-port";
import { Secret } from "@/server/kernel/secret";
import { keepEmbeddedPostgres } from "./keep";
import { preparePlace } from "./place";
import { readPostmaster } from "./postmaster";

const patience = { timeout: 60_000, interval: 100 };

test("a server that was killed is there again, with what it had, and a stop is the end of it", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "freehold-kept-"));
  const place = preparePlace(dataDir);
  const password = new Secret("the-password-of-this-test");
  const port = await freePort();
  const kept = keepEmbeddedPostgres({ dataDir, port, password, fsync: false });
  onTestFinished(async () => {
    await kept.stop();
    rmSync(place.root, { recursive: true, force: true });
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function ask(statement: string): Promise<unknown[]> {
    const client = new Client({
      host: "127.0.0.1",
      port,
      user: "freehold",
      password: password.reveal(),
      database: "postgres",
      ssl: false,
    });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  }

  await vi.waitFor(() => ask("CREATE TABLE item AS SELECT 7 AS id"), patience);
  const first = readPostmaster(place.data)?.pid;
  if (!first) throw new Error("There is no server.");
  process.kill(first, "SIGKILL");
  expect(await vi.waitFor(() => ask("SELECT id FROM item"), patience)).toEqual([{ id: 7 }]);
  expect(readPostmaster(place.data)?.pid).not.toBe(first);
  await kept.stop();
  await expect(ask("SELECT 1")).rejects.toThrow();
}, 180_000);
