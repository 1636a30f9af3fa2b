import type { Route } from "./settings";

/** The route with the longest prefix, by whole segments; null when none has it. Compares the path as it came. */
export function createRouteChooser(routes: readonly Route[]): (url: string) => Route | null {
  const longestFirst = routes.toSorted((a, b) => b.prefix.length - a.prefix.length);
  return (url) => {
    const mark = url.indexOf("?");
    const path = mark < 0 ? url : url.slice(0, mark);
    return longestFirst.find(({ prefix }) => isBelow(path, prefix)) ?? null;
  };
}

function isBelow(path: string, prefix: string): boolean {
  return prefix === "/" || path === prefix || path.startsWith(`${prefix}/`);
}
