import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import type { Tx } from "@/server/db/client";

/** A part of a host name: NFKD, lower case, ASCII, at most 30 characters; eight hex digits when nothing is left. */
export function hostnameSegment(text: string): string {
  const segment = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f]/g, "")
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .slice(0, 30)
    .replaceAll(/^-+|-+$/g, "");
  return segment || randomBytes(4).toString("hex");
}

/** `{organization}-{environment}.{root}`, with four hex digits more when that one is taken. */
export async function freeHostname(tx: Tx, organizationSlug: string, slug: string, root: string): Promise<string> {
  const base = `${hostnameSegment(organizationSlug)}-${hostnameSegment(slug)}`;
  for (let candidate = base; ; candidate = `${base}-${randomBytes(2).toString("hex")}`) {
    const hostname = `${candidate}.${root}`;
    const taken = await tx.select({ id: environment.id }).from(environment).where(eq(environment.hostname, hostname));
    if (taken.length === 0) return hostname;
  }
}
