import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allSources, plant, runIn, withScratch } from "./scratch.mjs";

const tsc = (scratch) => runIn(scratch, "node_modules/typescript/bin/tsc", "--noEmit");
const prettier = (scratch) => runIn(scratch, "node_modules/prettier/bin/prettier.cjs", "--check", ".");
const migrations = (scratch) => runIn(scratch, "scripts/check-migrations.mjs");
const docs = (scratch) => runIn(scratch, "scripts/check-docs.mjs");
const lock = (scratch) => runIn(scratch, "scripts/check-lock.mjs");
const vitest = (scratch) => runIn(scratch, "node_modules/vitest/vitest.mjs", "run");

/** Gates other than lint: each is quiet on a tree that is right, and red on each seeded fault. */
export const gates = [
  typesGate,
  routesGate,
  formatGate,
  deadCodeGate,
  migrationsGate,
  docsGate,
  lockGate,
  unitGate,
  countingGate,
];

async function typesGate() {
  const seeds = {
    "right.ts": "export const first = (list: string[]): string | undefined => list[0];\n",
    "wrong.ts": "export const port: number = 'none';\n",
    "unchecked.ts": "export const first = (list: string[]): string => list[0];\n",
    "enum.ts": "export enum Tier { Standard }\n",
  };
  return withScratch({ copied: ["tsconfig.json", "package.json"], seeds }, async (scratch) => {
    const { output } = await tsc(scratch);
    return [
      quiet("types: correct code passes", !output.includes("right.ts")),
      red("types: a wrong type", output.includes("wrong.ts")),
      red("types: an unchecked index", output.includes("unchecked.ts")),
      red("types: syntax that cannot be erased", output.includes("enum.ts")),
    ];
  });
}

async function routesGate() {
  const page = (href) =>
    `import Link from "next/link";\nexport default function Page() {\n  return <Link href="${href}">Go</Link>;\n}\n`;
  const seeds = {
    "app/layout.tsx":
      'import type { ReactNode } from "react";\nexport default function Layout({ children }: { children: ReactNode }) {\n  return children;\n}\n',
    "app/right/page.tsx": page("/wrong"),
    "app/wrong/page.tsx": page("/nowhere"),
  };
  return withScratch(
    { copied: ["tsconfig.json", "package.json", "next.config.ts"], seeds },
    async (scratch) => {
      await runIn(scratch, "node_modules/next/dist/bin/next", "typegen");
      const { output } = await tsc(scratch);
      return [
        quiet("types: a link to a page passes", !output.includes("app/right"), output),
        red("types: a link to no page", output.includes("app/wrong"), output),
      ];
    },
  );
}

async function formatGate() {
  const seeds = { "right.ts": "export const one = 1;\n", "wrong.ts": "export const one   = 1\n" };
  return withScratch({ copied: [".prettierrc", ".prettierignore"], seeds }, async (scratch) => {
    const { code, output } = await prettier(scratch);
    return [
      quiet("format: formatted code passes", !output.includes("right.ts")),
      red("format: unformatted code", code !== 0 && output.includes("wrong.ts")),
    ];
  });
}

async function deadCodeGate() {
  const seeds = {
    "server/kernel/canary-unused.ts": "export const unused = 1;\n",
    "server/kernel/canary-export.ts": "export const used = 1;\nexport const never = 2;\n",
    "server/kernel/canary-export.test.ts": 'import { used } from "./canary-export";\nvoid used;\n',
  };
  return withScratch({ copied: allSources, seeds }, async (scratch) => {
    plant(
      scratch,
      "package.json",
      JSON.stringify(withDependency(readJson(scratch, "package.json"), "left-pad")),
    );
    const { code, output } = await runIn(scratch, "node_modules/knip/bin/knip.js");
    return [
      quiet("knip: a used export passes", !/\bused\b.*canary-export/.test(output)),
      red("knip: an unused file", code !== 0 && output.includes("canary-unused.ts")),
      red("knip: an unused export", /\bnever\b.*canary-export/.test(output)),
      red("knip: an unused package", output.includes("left-pad")),
    ];
  });
}

async function migrationsGate() {
  const config = `import { defineConfig } from "drizzle-kit";\nexport default defineConfig({ dialect: "sqlite", schema: "./drizzle/canary/schema.ts", out: "./drizzle/canary/migrations" });\n`;
  const schema = (columns) =>
    `import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";\nexport const canary = sqliteTable("canary", { ${columns} });\nvoid [integer, text];\n`;
  const seeds = {
    "drizzle/canary/drizzle.config.ts": config,
    "drizzle/canary/schema.ts": schema("id: integer().primaryKey()"),
  };
  return withScratch(
    { copied: ["package.json", "tsconfig.json", "scripts/check-migrations.mjs", "scripts/files.mjs"], seeds },
    async (scratch) => {
      await runIn(
        scratch,
        "node_modules/drizzle-kit/bin.cjs",
        "generate",
        "--config=drizzle/canary/drizzle.config.ts",
      );
      const before = await migrations(scratch);
      plant(scratch, "drizzle/canary/schema.ts", schema("id: integer().primaryKey(), song: text()"));
      const after = await migrations(scratch);
      return [
        quiet("migrations: a generated schema passes", before.code === 0, before.output),
        red(
          "migrations: a schema that nobody generated",
          after.code !== 0 && after.output.includes("without a migration"),
        ),
      ];
    },
  );
}

async function docsGate() {
  const seeds = {
    "README.md": "See [right](docs/right.md), `scripts/check-docs.mjs` and `npm run known`.\n",
    "docs/right.md": "# Right\n",
    "package.json": '{"scripts":{"known":"true"}}',
    "bench/peers/README.md": "`npm run known` and `npm run own`\n",
    "bench/peers/package.json": '{"scripts":{"own":"true"}}',
  };
  return withScratch(
    { copied: ["scripts/check-docs.mjs", "scripts/files.mjs", "scripts/lint/paths.mjs"], seeds },
    async (scratch) => {
      const right = await docs(scratch);
      plant(
        scratch,
        "docs/wrong.md",
        "[gone](gone.md)\n\n`server/gone.ts` and `gone-too.ts`\n\n```\nnpm run unknown\nnpm run own\n```\n",
      );
      const { code, output } = await docs(scratch);
      return [
        quiet("docs: paths that exist pass", right.code === 0, right.output),
        red("docs: a dead link", code !== 0 && output.includes(" gone.md")),
        red("docs: a path that is gone", output.includes("server/gone.ts")),
        red("docs: a file that is gone", output.includes("gone-too.ts")),
        red("docs: an unknown script", output.includes("npm run unknown")),
        red("docs: a script of another folder", output.includes("npm run own")),
      ];
    },
  );
}

async function lockGate() {
  return withScratch({ copied: ["package-lock.json", "scripts/check-lock.mjs"] }, async (scratch) => {
    const right = await lock(scratch);
    const original = readJson(scratch, "package-lock.json");
    const platform = Object.keys(original.packages).find((path) => path.includes("@next/swc-darwin"));
    const afterwards = async (change) => {
      const copy = structuredClone(original);
      change(copy.packages);
      plant(scratch, "package-lock.json", JSON.stringify(copy));
      return (await lock(scratch)).code !== 0;
    };
    return [
      quiet("lock: the lock file passes", right.code === 0, right.output),
      red("lock: a platform build is missing", await afterwards((packages) => delete packages[platform])),
      red(
        "lock: a package without integrity",
        await afterwards((packages) => delete packages[platform].integrity),
      ),
      red(
        "lock: a download address",
        await afterwards((packages) => (packages[platform].resolved = "https://example.com/x.tgz")),
      ),
    ];
  });
}

async function unitGate() {
  const copied = [
    "package.json",
    "tsconfig.json",
    "vitest.config.ts",
    "server/testing/setup.ts",
    "server/testing/scratch.ts",
    "server/embedded-postgres/postmaster.ts",
  ];
  const test = (body) => `import { expect, test } from "vitest";\n${body}\n`;
  const seeds = {
    "server/right.test.ts": test('test("is right", () => expect(1).toBe(1));'),
    "server/wrong.test.ts": test('test("is wrong", () => expect(1).toBe(2));'),
    "server/only.test.ts": test('test.only("is alone", () => expect(1).toBe(1));'),
    "server/broken.test.ts": 'import "./nowhere";\n',
  };
  return withScratch({ copied, seeds }, async (scratch) => {
    const { code, output } = await vitest(scratch);
    const failed = (name) =>
      code !== 0 && new RegExp(`FAIL\\s+\\S* ?server/${name}\\.test\\.ts`).test(output);
    return [
      quiet("unit: a test that holds passes", !failed("right"), output),
      red("unit: a test that fails", failed("wrong")),
      red("unit: a test that runs alone", failed("only")),
      red("unit: a test file that does not load", failed("broken")),
    ];
  });
}

async function countingGate() {
  const seeds = { "README.md": "`server/gone.ts`\n" };
  const locks = ["package-lock.json", "bench/peers/package-lock.json"];
  const copied = ["package.json", ...locks, "scripts", "sdk/testing/prisma"];
  return withScratch({ copied, seeds }, async (scratch) => {
    const { code, output } = await runIn(scratch, "scripts/test.mjs", "lock", "docs");
    const last = output.trimEnd().split("\n").at(-1);
    return [
      red(
        "npm test: a failed stage is counted and fails it",
        code === 1 && last === "1 passed, 1 failed",
        output,
      ),
    ];
  });
}

function quiet(title, holds, output = "") {
  return { title: `stays quiet  ${title}`, holds, output };
}

function red(title, holds, output = "") {
  return { title: `turns red    ${title}`, holds, output };
}

function withDependency(manifest, name) {
  return { ...manifest, dependencies: { ...manifest.dependencies, [name]: "1.3.0" } };
}

function readJson(scratch, name) {
  return JSON.parse(readFileSync(join(scratch, name), "utf8"));
}
