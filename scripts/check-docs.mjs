import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { sourcePaths } from "./files.mjs";
import { matches } from "./lint/paths.mjs";

const root = process.argv[2] ?? ".";
const folders = "app|bench|bin|components|docs|drizzle|e2e|examples|public|scripts|sdk|server|\\.ci";
const pathLike = new RegExp(`^(?:\\./)?(?:${folders})/`);
const nameLike = /^[\w.-]+\.(?:md|json|ts|tsx|mjs|css)$/;
const scripts = scriptsIn(root);

const all = sourcePaths(root);
const names = new Set(all.map((path) => basename(path)));
const problems = all.filter((path) => path.endsWith(".md")).flatMap(problemsIn);

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

function problemsIn(file) {
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  const known = { ...scripts, ...scriptsIn(join(root, dirname(file))) };
  let isFenced = false;
  return lines.flatMap((line, index) => {
    if (/^\s*(```|~~~)/.test(line)) isFenced = !isFenced;
    const cited = isFenced ? [] : citedIn(line, file);
    return [...cited, ...commandsIn(line, known)].map((problem) => `${file}:${index + 1}: ${problem}`);
  });
}

function citedIn(line, file) {
  const prose = line.replaceAll(/`[^`]*`/g, "");
  const links = [...prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, target]) => target);
  const code = [...line.matchAll(/`([^`]+)`/g)]
    .map(([, text]) => text.split(" ")[0])
    .filter((text) => !/[<>{}…$]/.test(text));
  return [
    ...links.filter((target) => isLocal(target) && !exists(join(dirname(file), bare(target)))),
    ...code.filter((text) => pathLike.test(text) && !exists(bare(text))),
    ...code.filter((text) => nameLike.test(text) && !names.has(text)),
  ].map((path) => `${path} does not exist`);
}

/** A folder that npm installs by itself has scripts of its own. */
function scriptsIn(directory) {
  const path = join(directory, "package.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")).scripts ?? {}) : {};
}

function commandsIn(line, known) {
  return [...line.matchAll(/\bnpm run (?:-s |--silent )?([\w:-]+)/g)]
    .filter(([, name]) => !(name in known))
    .map(([, name]) => `npm run ${name} is no script`);
}

function isLocal(target) {
  return !/^([a-z]+:|#|\/\/)/i.test(target);
}

function bare(target) {
  return decodeURIComponent(target.replace(/[#?].*$/, "").replace(/:\d+(-\d+)?$/, ""));
}

function exists(path) {
  const inside = normalize(path).replace(/^[/\\]+/, "");
  if (existsSync(join(root, inside))) return true;
  return inside.includes("*") && all.some((file) => matches(inside, file));
}
