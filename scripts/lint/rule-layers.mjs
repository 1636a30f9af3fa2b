import { posix } from "node:path";
import { layers } from "./layers.mjs";
import { matches, ownModule, repoPath } from "./paths.mjs";

/** Imports follow the table of layers, stay in their folder or spell the path from the root. */
export const layersRule = {
  meta: { type: "problem", docs: { description: "Who may import whom." } },
  create(context) {
    const file = repoPath(context);
    const layer = layers.find(({ files }) => files.some((pattern) => matches(pattern, file)));
    const check = (node, source, isType) => {
      if (typeof source?.value !== "string") return;
      const message = objection({ file, layer, specifier: source.value, isType });
      if (message) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === "type"),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === "type"),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source ?? node.argument, true),
    };
  },
};

function isTypeOnly(node) {
  if (node.importKind === "type") return true;
  return node.specifiers.length > 0 && node.specifiers.every(({ importKind }) => importKind === "type");
}

function objection({ file, layer, specifier, isType }) {
  const isPackage = file.startsWith("sdk/");
  if (isPackage && specifier.startsWith("@/") && !isTest(file))
    return "The SDK is a package of its own: it imports by relative paths.";
  if (/(^|\/)\.\.(\/|$)/.test(specifier) && !isPackage && !file.startsWith("scripts/"))
    return "Across folders, import with @/.";
  const target = ownModule(specifier, file);
  const isNever = !isType && isIn(layer?.never ?? [], target ?? specifier);
  if (target === null) return isNever ? layer.says : null;
  if (!layer) return "This folder has no row in scripts/lint/layers.mjs: say there whom it may import.";
  if (isForeignInternal(target, file)) return "internal.ts belongs to its folder: call a verb.";
  if (isOwn(file, target, specifier)) return null;
  const isMeasuring = isTest(file) || file.startsWith("bench/");
  if (target.startsWith("server/testing/") && !isMeasuring)
    return "server/testing is for tests and benchmarks.";
  const allowed = [...layer.may, ...(isType ? (layer.types ?? []) : [])];
  return allowed.some((pattern) => matches(pattern, target)) && !isNever ? null : layer.says;
}

function isIn(names, specifier) {
  return names.some((name) => matches(name, specifier) || matches(`${name}/`, specifier));
}

function isForeignInternal(target, file) {
  return target.endsWith("/internal") && posix.dirname(target) !== posix.dirname(file) && !isTest(file);
}

function isTest(file) {
  return layers[0].files.some((pattern) => matches(pattern, file));
}

// A route has its own folder, what lies below it, and what the folders above it share.
function isOwn(file, target, specifier) {
  if (!specifier.startsWith(".") && !(file.startsWith("app/") && target.startsWith("app/"))) return false;
  return file.startsWith(`${posix.dirname(target)}/`) || target.startsWith(`${posix.dirname(file)}/`);
}
