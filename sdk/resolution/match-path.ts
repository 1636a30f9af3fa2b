/** What a request's target says of the tenant; null: nothing. */
export type PathPattern = (target: string) => { segment: string; malformed: string | null } | null;

/**
 * Reads the tenant from targets that begin with these segments, one of which is ":tenant". A
 * target that a lenient router could take for such a one is malformed: spelled with escapes, dots,
 * doubled slashes or other letter case, it would reach the tenant's pages without being seen here.
 */
export function matchPath(pattern: readonly string[]): PathPattern {
  const at = pattern.indexOf(":tenant");
  const fits = (path: string) => {
    const segments = path.split("/").slice(1);
    const isLike = pattern.every((literal, place) => place === at || segments[place] === literal);
    const segment = segments[at];
    return isLike && segment ? segment : null;
  };
  return (target) => {
    const path = pathOf(target);
    const segment = fits(path);
    const meant = isOdd(path) ? fits(leniently(path)) : segment;
    if (segment === null && meant === null) return null;
    const malformed = segment === meant ? null : "The path is spelled so that routers read it differently.";
    return { segment: segment ?? meant ?? "", malformed };
  };
}

function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
}

function isOdd(path: string): boolean {
  return /[%\\;A-Z]|\/\/|\/\.\.?(?:\/|$)|[^\x21-\x7e]/.test(path);
}

function leniently(path: string): string {
  const plain = unescaped(unescaped(path)).toLowerCase().replaceAll("\\", "/");
  const kept: string[] = [];
  for (const segment of plain.split("/")) {
    const [name = ""] = segment.split(";");
    if (name === "..") kept.pop();
    else if (name !== "" && name !== ".") kept.push(name);
  }
  return `/${kept.join("/")}`;
}

// Twice where it is used: a proxy and a router may each take one layer off.
function unescaped(path: string): string {
  return path.replaceAll(/%([0-9a-f]{2})/gi, (_escape, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
