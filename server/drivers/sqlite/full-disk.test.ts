import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { afterEach, expect, test } from "vitest";
import { listAll, newIdentity } from "@/server/drivers/driver.contract";
import { scratchDriver } from "@/server/testing/sqlite-files";

/** What a creation does to the disk. */
const writing = ["openSync", "fchmodSync", "writeFileSync", "linkSync"] as const;
const { openSync, fchmodSync, writeFileSync, linkSync, writeSync } = fs;
const real = { openSync, fchmodSync, writeFileSync, linkSync };

function empty(): void {
  Object.assign(fs, real);
  syncBuiltinESMExports();
}
afterEach(empty);

const full = () =>
  Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC", errno: -28 });

/** From now on the disk is full at the call of this number; gives how many calls there were. */
function fillAt(fatal: number): () => number {
  let calls = 0;
  for (const name of writing) {
    const call = real[name];
    Object.assign(fs, {
      [name](...args: unknown[]): unknown {
        if (calls++ !== fatal) return Reflect.apply(call, fs, args);
        // A full disk takes what still fits.
        if (name === "writeFileSync" && Buffer.isBuffer(args[1]))
          writeSync(Number(args[0]), args[1].subarray(0, 4096));
        throw full();
      },
    });
  }
  syncBuiltinESMExports();
  return () => calls;
}

test("a disk that is full at any write fails the creation, leaves nothing, and a later try succeeds", async () => {
  const { driver } = scratchDriver();
  await driver.createDatabase(newIdentity());
  const before = await listAll(driver);
  let failures = 0;
  for (let fatal = 0; ; fatal++) {
    const identity = newIdentity();
    const count = fillAt(fatal);
    const outcome = await driver.createDatabase(identity).then(
      () => "created",
      (error: unknown) => error,
    );
    empty();
    if (count() <= fatal) break;
    failures++;
    expect(outcome).toMatchObject({ code: "ENOSPC" });
    const left = await listAll(driver);
    // Once it is published it is whole, and only its directory may not be on the disk yet.
    expect(left.filter(({ isLeftover, problem }) => isLeftover || problem !== null)).toEqual([]);
    await driver.createDatabase(identity);
    await driver.verifyDatabase(identity);
    await driver.dropDatabase(identity);
    expect(await listAll(driver)).toEqual(before);
  }
  expect(failures).toBeGreaterThan(3);
});
