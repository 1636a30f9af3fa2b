import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import type { Db, Tx } from "@/server/db/client";

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

/** `{organization}-{environment}.{root}`, with four hex digits more when that one is taken. */
export async function freeHostname(
  tx: Db | Tx,
  organizationSlug: string,
  slug: string,
  root: string,
): Promise<string> {
  const base = hostnameLabel(organizationSlug, slug);
  const stem = base.slice(0, longestBase).replace(/-$/, "");
  for (let candidate = base; ; candidate = `${stem}-${randomBytes(2).toString("hex")}`) {
    const hostname = `${candidate}.${root}`;
    const taken = await tx
      .select({ id: environment.id })
      .from(environment)
      .where(eq(environment.hostname, hostname));
    if (taken.length === 0) return hostname;
  }
}
