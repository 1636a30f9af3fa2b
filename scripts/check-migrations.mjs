import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { drizzleConfigs, sourcePaths } from "./files.mjs";

// `drizzle-kit check` reads the history only; that the schema has moved on shows in what `generate` adds.
const root = resolve(process.argv[2] ?? ".");
const configs = drizzleConfigs(root);
const problems = configs.flatMap(problemsOf);

if (configs.length === 0) problems.push("drizzle/ holds no drizzle.config.ts");
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

function problemsOf(config) {
  const scratch = mkdtempSync(join(tmpdir(), "freehold-migrations-"));
  try {
    for (const name of ["drizzle", "package.json", "tsconfig.json"])
      cpSync(join(root, name), join(scratch, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(scratch, "node_modules"));
    const checked = drizzleKit(scratch, "check", config);
    if (checked.status !== 0) return [`${config}: the history does not hold together\n${checked.output}`];
    const generated = drizzleKit(scratch, "generate", config);
    if (generated.status !== 0) return [`${config}: no migration can be generated\n${generated.output}`];
    const changed = changedBelow(dirname(config), scratch);
    return changed.map(
      (file) => `${config}: the schema has changed without a migration (${file}): npm run db:generate`,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function drizzleKit(cwd, verb, config) {
  const command = [join(root, "node_modules/drizzle-kit/bin.cjs"), verb, `--config=${config}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 60_000,
  });
  return { status, output: `${stdout}${stderr}` };
}

function changedBelow(folder, scratch) {
  return sourcePaths(scratch, folder)
    .filter((path) => /\.(sql|json)$/.test(path))
    .filter(
      (path) =>
        !existsSync(join(root, path)) ||
        !readFileSync(join(root, path)).equals(readFileSync(join(scratch, path))),
    );
}
