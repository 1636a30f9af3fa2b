import { lines, longFunction, routes, verb } from "./code.mjs";

/** Code that a rule lets pass: rule, file, code (or files by path), what it is. */
export const allowedCode = [
  [
    "import(no-default-export)",
    "app/#/page.tsx",
    "export default function Page() {\n  return null;\n}",
    "a page",
  ],
  [
    "import(no-default-export)",
    "app/#/layout.tsx",
    "export default function Layout() {\n  return null;\n}",
    "a layout",
  ],
  ["import(no-default-export)", "#.config.ts", "export default {};", "a configuration"],
  [
    "freehold(circles)",
    "",
    {
      "server/kernel/#a.ts":
        'import { b } from "./#b";\nimport { c } from "./#c";\nexport const a = () => b(c);',
      "server/kernel/#b.ts": 'import type { C } from "./#c";\nexport const b = (c: C) => c;',
      "server/kernel/#c.ts": "export const c = 1;\nexport type C = typeof c;",
    },
    "two ways to one file",
  ],
  ["eslint(max-lines)", "server/kernel/#.ts", `export const x = 1;\n${lines(298, "void x;")}`, "300 lines"],
  ["eslint(max-lines-per-function)", "components/#.tsx", longFunction(100), "a component of 104 lines"],
  ["eslint(max-lines-per-function)", "server/kernel/#.test.ts", longFunction(100), "a long test"],
  ["eslint(no-console)", "bin/#.ts", 'console.log("x");', "in a program"],
  [
    "node(no-process-env)",
    "server/kernel/env.ts",
    "export const x = process.env.FREEHOLD_CANARY;",
    "kernel/env.ts",
  ],
  ["node(no-process-env)", "bin/#.ts", "export const x = process.env.FREEHOLD_CANARY;", "in a program"],
  [
    "freehold(bare-transaction)",
    "server/db/#.ts",
    "export const x = (db: { transaction(work: () => void): void }) => db.transaction(() => undefined);",
    "in server/db",
  ],
  [
    "freehold(casts)",
    "server/kernel/#.ts",
    "export function asText(value: unknown): string {\n  return value as string;\n}\nexport const tiers = [1] as const;",
    "a named helper",
  ],
  [
    "freehold(no-reexport)",
    "components/#.tsx",
    '"use client";\n\nexport { Toaster } from "sonner";',
    "a package's name behind a client boundary",
  ],
  [
    "freehold(reasoned)",
    "server/kernel/#.ts",
    '// oxlint-disable-next-line no-console -- the logger is not up yet\nconsole.log("x");',
    "a reasoned suppression",
  ],
  [
    "freehold(verbs)",
    "server/domain/canary/#.ts",
    verb('  requireOrganization("act");\n  await withTransaction(db, (tx) => appendAudit(tx));'),
    "a guarded and audited verb",
  ],
  [
    "freehold(verbs)",
    "server/domain/canary/#.ts",
    verb(
      '  requireOrganization("act");\n  await withTransaction(db, (tx) => change(tx));\n}\nasync function change(tx: object) {\n  await appendAudit(tx);',
    ),
    "an audit entry in a function of the same file",
  ],
  [
    "freehold(procedures)",
    "server/api/routers/#.ts",
    routes("organizationProcedure.input(Act).query(() => 1)"),
    "a named schema",
  ],
  [
    "freehold(procedures)",
    "server/api/routers/#.ts",
    routes("organizationProcedure.input(z.strictObject({ a: z.string() })).query(() => 1)"),
    "a strict schema",
  ],
  [
    "freehold(strict-schemas)",
    "server/domain/#/schema.ts",
    'import { z } from "zod";\nexport const Act = z.strictObject({ a: z.string() });',
    "a strict schema",
  ],
];
