import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defaultServerConditions } from "vite";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = import.meta.dirname;
const tests = "{app,bench,bin,components,examples,scripts,sdk,server}/**/*.test.{mjs,ts,tsx}";

// What a test does that sets up the process it runs in: its settings, its data directory. Of a file
// that does so in another way, server/testing/setup.ts says so.
const setsUpProcess =
  /\/(console|own-ports)"|kernel\/env"|process\.(umask|env(\.|\[")\w+("\])? = )|vi\.(hoisted|resetModules)/;
// These agree on the settings, which are those of the doors of a test's own.
const hasDoors = /\/(door-settings|door-world|district-world)"/;
const sources = globSync(tests, { cwd: root }).map((file) => ({
  file,
  text: readFileSync(join(root, file), "utf8"),
}));
const alone = sources.filter(({ text }) => setsUpProcess.test(text)).map(({ file }) => file);
const doors = sources
  .filter(({ file, text }) => hasDoors.test(text) && !alone.includes(file))
  .map(({ file }) => file);

/** The largest files of a project are begun first. These are among the smallest and take longest: the end would be theirs alone. */
class FaultsFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(specifications);
    const hasFaults = ({ moduleId }: TestSpecification) => moduleId.includes("/sagas/faults/");
    return [...Map.groupBy(sorted, ({ project }) => project.name).values()].flatMap((files) => [
      ...files.filter(hasFaults),
      ...files.filter((file) => !hasFaults(file)),
    ]);
  }
}

export default defineConfig({
  resolve: {
    alias: [{ find: /^@\//, replacement: `${root}/` }],
  },
  // The SDK's sources and not what is packed of them. Node is told these too, and knows no "module".
  ssr: {
    resolve: {
      conditions: ["freehold-source", ...defaultServerConditions.filter((name) => name !== "module")],
    },
  },
  test: {
    // Loading the modules takes longer than most files' tests: where it can be, they are loaded once for many.
    projects: [
      { extends: true, test: { name: "alone", include: alone, provide: { sharesProcess: false } } },
      {
        extends: true,
        test: { name: "doors", include: doors, isolate: false, provide: { sharesProcess: false } },
      },
      {
        extends: true,
        test: {
          name: "together",
          include: [tests],
          exclude: [...alone, ...doors],
          isolate: false,
          provide: { sharesProcess: true },
        },
      },
    ],
    globalSetup: ["server/testing/scratch.ts"],
    setupFiles: ["server/testing/setup.ts"],
    pool: "forks",
    sequence: { sequencer: FaultsFirst },
    // One more than there are cores where there are few: what a test waits for is often another process.
    maxWorkers: 3,
    allowOnly: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
