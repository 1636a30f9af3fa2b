import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { runChild } from "@/server/testing/child";
import { openDb } from "./client";

const directory = mkdtempSync(join(tmpdir(), "freehold-migrate-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test("three processes that start at once on an empty directory agree on one secret and one schema", async () => {
  const start = () => runChild("children/ready.ts", { env: { FREEHOLD_DATA_DIR: directory } });
  const results = await Promise.all([start(), start(), start()]);
  expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    Array(3).fill({ code: 0, stderr: "" }),
  );
  expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1);
  const db = await openDb(`file:${join(directory, "control.db")}`);
  const applied = await db.all<{ n: number; distinct_n: number }>(
    sql`select count(*) as n, count(distinct hash) as distinct_n from __drizzle_migrations`,
  );
  expect(applied[0]?.n).toBe(applied[0]?.distinct_n);
  db.$client.close();
}, 30_000);

test("the secret and the control plane are for their owner alone", () => {
  for (const name of [".", "secret", "control.db"])
    expect(statSync(join(directory, name)).mode & 0o077, name).toBe(0);
});
