import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exemptVerbs } from "../lint/exempt-verbs.mjs";
import { root } from "../node24.mjs";
import { allowedCode } from "./allowed-code.mjs";
import { allowedImports, forbiddenImports } from "./import-cases.mjs";
import { forbiddenCode } from "./forbidden-code.mjs";
import { runIn, withScratch } from "./scratch.mjs";

/** Every lint rule on a seeded violation, and on what it must let pass, in one run of the linter. */
export async function lintGate() {
  const cases = [
    ...forbiddenImports.map(([file, code]) =>
      expectRed("freehold(layers)", file, code, `import: ${nameOf(file, code)}`),
    ),
    ...allowedImports.map(([file, code]) =>
      expectQuiet("freehold(layers)", file, code, `import: ${nameOf(file, code)}`),
    ),
    ...forbiddenCode.map(([rule, file, code, title]) => expectRed(rule, file, code, `${rule}: ${title}`)),
    ...allowedCode.map(([rule, file, code, title]) => expectQuiet(rule, file, code, `${rule}: ${title}`)),
  ].map((one, index) => ({ ...one, files: placed(one, index) }));
  const seeds = {};
  for (const [path, text] of cases.flatMap(({ files }) => Object.entries(files)))
    seeds[path] = (seeds[path] ?? "") + text;
  const copied = [".oxlintrc.json", "tsconfig.json", "package.json", "scripts/lint"];
  const { diagnostics } = await withScratch({ copied, seeds }, async (scratch) => {
    const { output } = await runIn(
      scratch,
      "node_modules/oxlint/bin/oxlint",
      "--type-aware",
      "--format=json",
    );
    return JSON.parse(output.slice(output.indexOf("{")));
  });
  return [...cases.map((one) => judge(one, diagnostics)), ...exemptions()];
}

function expectRed(rule, file, code, title) {
  return { rule, file, code, fires: true, title: `turns red    ${title}` };
}

function expectQuiet(rule, file, code, title) {
  return { rule, file, code, fires: false, title: `stays quiet  ${title}` };
}

// `#` in a path or in code becomes a name of the case's own.
function placed({ file, code }, index) {
  const own = (text) => text.replaceAll("#", `canary-${index}`);
  const all = typeof code === "string" ? { [file]: code } : code;
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [own(path), `${own(text)}\n`]));
}

function judge({ rule, title, fires, files }, diagnostics) {
  const hits = diagnostics.filter(({ code, filename }) => code === rule && filename in files);
  return {
    title,
    holds: fires ? hits.length > 0 : hits.length === 0,
    output: hits.map(({ message }) => message).join("\n"),
  };
}

function nameOf(file, code) {
  return `${file.replace(/#\//, "").replace(/\/?#\.tsx?$/, "")} ${/(type )?[^"]*"([^"]+)"/.exec(code)?.[2] ?? ""}`;
}

function exemptions() {
  return Object.keys(exemptVerbs).map((key) => {
    const [file, name] = key.split("#");
    const path = join(root, file);
    const holds = existsSync(path) && new RegExp(`function ${name}[<(]`).test(readFileSync(path, "utf8"));
    return { title: `still there  exempt verb ${key}`, holds, output: "" };
  });
}
