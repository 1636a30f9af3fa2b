import { describe, expect, test } from "vitest";
import { makePool, releaseOf, type TestPool } from "@/server/testing/pools/pool";
import { withPostgres } from "@/server/testing/postgres";
import { refused } from "./refused.data";
import { safe } from "./safe.data";

const postgres = withPostgres();

/** Everything of a package in a pool, a line each. */
async function catalogOf({ ask }: TestPool): Promise<string[]> {
  const rows = await ask<{ line: string }>(`
    SELECT conname || ' ' || pg_get_constraintdef(oid) AS line FROM pg_constraint
      WHERE connamespace = to_regnamespace('p') AND contype IN ('p', 'u', 'f', 'x') AND conparentid = 0 OR conrelid::regclass::text LIKE 'p.a\\__' AND contype = 'p'
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'p'
    UNION ALL SELECT 'view ' || relname || ': ' || array_to_string(reloptions, ',') FROM pg_class
      WHERE relnamespace = to_regnamespace('p') AND relkind = 'v'
    UNION ALL SELECT 'column ' || attrelid::regclass || '.' || attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = to_regnamespace('p') AND attnum > 0 AND NOT attisdropped AND c.relkind IN ('r', 'p')
    ORDER BY 1`);
  return rows.map(({ line }) => line);
}

/** Rows with the same ids and values for two tenants, in the tables that a case has at the start. */
async function addRows(pool: TestPool): Promise<void> {
  const tables = await pool.ask<{ path: string }>(
    "SELECT conrelid::regclass::text AS path FROM pg_constraint WHERE conname = 'a_pkey' AND pg_get_constraintdef(oid) = 'PRIMARY KEY (tenant_id, id)' AND conrelid = to_regclass('p.a')",
  );
  const isPlain = await pool.ask(
    "SELECT FROM pg_attribute WHERE attrelid = to_regclass('p.a') AND attname = 't'",
  );
  if (tables.length === 0 || isPlain.length === 0) return;
  for (let count = 0; count < 2; count++) {
    const { tenant } = await pool.tenant();
    await pool.ask(
      `SELECT set_config('app.current_tenant', '', false);
       INSERT INTO p.a (tenant_id, id, n, t) VALUES ('${tenant}', '00000000-0000-4000-8000-000000000001', 1, 'Same')`,
    );
  }
}

describe("a package becomes safe with", () => {
  test.each(safe)("$title", async ({ migrations, reference = [], has }) => {
    const pool = await makePool(postgres);
    const release = releaseOf(migrations, { schema: "p", reference });
    const first = { ...release, migrations: release.migrations.slice(0, 1) };
    expect(await pool.driver.installRelease(first)).toHaveLength(1);
    if (migrations.length > 1) await addRows(pool);
    expect(await pool.driver.installRelease(release)).toHaveLength(migrations.length - 1);
    const catalog = await catalogOf(pool);
    for (const line of has) expect(catalog).toContain(line);
    expect(catalog.filter((line) => line.includes("freehold"))).toEqual([]);
    expect(await pool.driver.findUnsafe()).toEqual([]);
    expect(await pool.driver.installRelease(release)).toEqual([]);
    expect(await catalogOf(pool)).toEqual(catalog);
  });
});

describe("a pool refuses, and keeps nothing of", () => {
  test.each(refused)("$title", async ({ migrations, reference = [], says }) => {
    const pool = await makePool(postgres);
    const release = releaseOf(migrations, { schema: "p", reference });
    const before = { ...releaseOf(migrations, { schema: "p" }), migrations: release.migrations.slice(0, -1) };
    await pool.driver.installRelease(before);
    const catalog = await catalogOf(pool);
    const journal = await pool.ask("SELECT package, file FROM app.migration ORDER BY file");
    await expect(pool.driver.installRelease(release)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining(says),
    });
    expect(await catalogOf(pool)).toEqual(catalog);
    expect(await pool.ask("SELECT package, file FROM app.migration ORDER BY file")).toEqual(journal);
    expect(await pool.driver.findUnsafe()).toEqual([]);
  });
});
