/** The cookie in which a browser remembers that the navigation is folded to icons; the server reads it, so nothing jumps. */
export const navCookie = "freehold_nav";
export const navFolded = "folded";

const year = 365 * 24 * 60 * 60;

/** The cookie as `document.cookie` takes it. */
export function navCookieLine(folded: boolean) {
  return `${navCookie}=${folded ? navFolded : "open"}; path=/; max-age=${year}; samesite=lax`;
}
