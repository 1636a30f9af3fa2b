import { readFileSync } from "node:fs";
import { join } from "node:path";

// npm leaves out platform builds that it cannot find, and then refuses the lock file elsewhere.
const directory = process.argv[2] ?? ".";
const packages = JSON.parse(readFileSync(join(directory, "package-lock.json"), "utf8")).packages;
const problems = Object.entries(packages).flatMap(([path, entry]) => problemsOf(path, entry));

for (const problem of problems) process.stderr.write(`${join(directory, "package-lock.json")}: ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

function problemsOf(path, entry) {
  const found = Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !resolves(path, name))
    .map((name) => `${name} is missing, which ${path || "the project"} wants on some platform`);
  // A workspace is part of the repository.
  const isInstalled = path.includes("node_modules/") && !entry.link && !entry.inBundle;
  if (isInstalled && !entry.integrity) found.push(`${path} has no integrity`);
  if (entry.resolved && !entry.link) found.push(`${path} names where it was downloaded from`);
  return found;
}

// As Node looks for it: beside the package, then in each folder above.
function resolves(path, name) {
  for (let from = path; ; from = from.slice(0, Math.max(from.lastIndexOf("node_modules/") - 1, 0))) {
    if (packages[`${from}${from ? "/" : ""}node_modules/${name}`]) return true;
    if (from === "") return false;
  }
}
