// Makes the Prisma clients that the SDK's tests use from the schemas beside them; the command line that
// does so for services is three times as large.
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { root } from "./node24.mjs";

const require = createRequire(import.meta.url);
// Its ES modules name files that are not there.
const { generateClient, getDMMF } = require("@prisma/client-generator-ts");
const { version } = require("@prisma/client/package.json");
const home = join(root, "sdk/testing/prisma");

for (const [name, provider] of [
  ["sqlite", "sqlite"],
  ["postgres", "postgresql"],
]) {
  const schemaPath = join(home, `${name}.prisma`);
  const datamodel = readFileSync(schemaPath, "utf8");
  const outputDir = join(home, name);
  rmSync(outputDir, { recursive: true, force: true });
  await generateClient({
    datamodel,
    schemaPath,
    outputDir,
    dmmf: await getDMMF({ datamodel }),
    datasources: [
      { name: "db", provider, activeProvider: provider, schemas: [], sourceFilePath: schemaPath },
    ],
    generator: {
      name: "client",
      provider: { fromEnvVar: null, value: "prisma-client" },
      output: null,
      config: {},
      binaryTargets: [],
      previewFeatures: [],
      sourceFilePath: schemaPath,
    },
    activeProvider: provider,
    clientVersion: version,
    engineVersion: version,
    binaryPaths: {},
    runtimeBase: "@prisma/client/runtime",
    target: "nodejs",
    moduleFormat: "esm",
    generatedFileExtension: "ts",
    importFileExtension: "ts",
    tsNoCheckPreamble: true,
    compilerBuild: "fast",
  });
}
