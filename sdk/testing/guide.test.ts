import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "guide");
const guide = readFileSync(join(import.meta.dirname, "../../docs/MESSAGES.md"), "utf8");
const blocks = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, block]) => block);

test("each program of the guide is a file that is tested", () => {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  expect(new Set(blocks)).toEqual(new Set(files));
  expect(blocks.length).toBeGreaterThan(5);
});

test("each of them is imported as a service imports the SDK", () => {
  const { exports } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8"));
  const imported = blocks.flatMap((block = "") => [...block.matchAll(/"@freehold\/sdk(\/[^"]+)"/g)]);
  const sources = imported.map(([, subpath]) => exports[`.${subpath}`]?.["freehold-source"] ?? subpath);
  expect(sources.filter((source) => !existsSync(join(import.meta.dirname, "..", source)))).toEqual([]);
  expect(sources.length).toBeGreaterThan(10);
});
