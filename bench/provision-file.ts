import { closeSync, constants, copyFileSync, fsyncSync, mkdirSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { databaseNameFor } from "@/server/kernel/database-name";
import type { TenantDriver } from "@/server/drivers/driver";
import { createSqliteDriver } from "@/server/drivers/sqlite/driver";
import { environmentId, newId } from "@/server/kernel/ids";
import { interleave, judge, of, throughput, withScratchDirectory, type Result } from "./measure";

const goal = 2;
const existing = 10_000;
const rounds = 400;

/** The driver's own part of provisioning: one database created, against copying a file and syncing it and its directory. */
export async function run(): Promise<Result> {
  return withScratchDirectory(async (directory) => {
    const empty = createSqliteDriver({ directory: join(directory, "empty") });
    const crowded = createSqliteDriver({ directory: join(directory, "crowded") });
    const source = fileURLToPath(await create(empty));
    const copies = join(directory, "copies");
    mkdirSync(copies);
    await throughput(existing, 16, async () => void (await create(crowded)));

    const measured = await interleave(
      [
        { name: "copy", run: () => copyDurably(source, copies) },
        { name: "create", run: async () => void (await create(empty)) },
        { name: "crowded", run: async () => void (await create(crowded)) },
      ],
      { rounds, warmup: 20 },
    );
    const [copy, creation, amongMany] = [
      of(measured, "copy"),
      of(measured, "create"),
      of(measured, "crowded"),
    ];
    const conditions = {
      rounds,
      bytes: statSync(source).size,
      p95: { value: creation.p95, limit: copy.p95 },
      existing,
      p50_among_existing: amongMany.p50,
      growth: amongMany.p50 / creation.p50,
      per_second_at_8: {
        value: await throughput(2_000, 8, async () => void (await create(empty))),
        limit: await throughput(2_000, 8, () => copyDurably(source, copies)),
      },
      reference: "copy, sync file, sync directory, one after the other",
    };
    await Promise.all([empty.close(), crowded.close()]);
    return judge({
      metric: "create p50 (ms)",
      value: creation.p50,
      limit: copy.p50,
      goal,
      conditions,
    });
  });
}

async function create(driver: TenantDriver): Promise<string> {
  const tenant = environmentId(newId());
  const { url } = await driver.createDatabase({ tenant, databaseName: databaseNameFor(tenant) });
  return url;
}

function copyDurably(source: string, directory: string): void {
  const path = join(directory, `${newId()}.db`);
  copyFileSync(source, path, constants.COPYFILE_FICLONE);
  for (const target of [path, directory]) {
    const descriptor = openSync(target, "r");
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
}
