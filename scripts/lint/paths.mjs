import { posix, relative, sep } from "node:path";

/** The file's path from the root of the repository, with forward slashes. */
export function repoPath(context) {
  return relative(context.cwd, context.filename).split(sep).join("/");
}

const compiled = new Map();

/** Whether a path is below `pattern/`, or is `pattern`, where `*` is any one name and `**` any depth. */
export function matches(pattern, path) {
  let expression = compiled.get(pattern);
  if (!expression) {
    const body = pattern
      .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll("**/", "\0")
      .replaceAll("*", "[^/]*")
      .replaceAll("\0", "(?:.*/)?");
    expression = new RegExp(`^${body}${pattern.endsWith("/") ? "" : "$"}`);
    compiled.set(pattern, expression);
  }
  return expression.test(path);
}

/** The module of ours that a specifier means, as a path without extension, or null for a package. */
export function ownModule(specifier, file) {
  const bare = specifier.replace(/\.(ts|tsx|mjs|js)$/, "");
  if (bare.startsWith("@/")) return bare.slice(2);
  if (bare.startsWith(".")) return posix.join(posix.dirname(file), bare);
  return null;
}
