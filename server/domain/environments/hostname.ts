import { randomBytes } from "node:crypto";

const longestSegment = 30;
/** A label of a host name has at most 63 characters: room for a hyphen and four hex digits stays. */
const longestBase = 58;

/** A part of a host name: NFKD, lower case, ASCII, at most 30 characters, no two hyphens in a row; eight hex digits when nothing is left. */
export function hostnameSegment(text: string): string {
  const segment = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, longestSegment)
    .replaceAll(/^-+|-+$/g, "");
  return segment || randomBytes(4).toString("hex");
}

/** The first label of the host name that an environment gets unless it is taken. */
export function hostnameLabel(organizationSlug: string, slug: string): string {
  return `${hostnameSegment(organizationSlug)}-${hostnameSegment(slug)}`;
}

/**
 * Gives the first of `{organization}-{environment}.{root}`, and the same with four hex digits
 * more, that `take` is able to take: it says false where a name is taken already.
 */
export async function takeHostname(
  names: { organization: string; environment: string; root: string },
  take: (hostname: string) => Promise<boolean>,
): Promise<string> {
  const base = hostnameLabel(names.organization, names.environment);
  const stem = base.slice(0, longestBase).replace(/-$/, "");
  for (let candidate = base; ; candidate = `${stem}-${randomBytes(2).toString("hex")}`) {
    const hostname = `${candidate}.${names.root}`;
    if (await take(hostname)) return hostname;
  }
}
