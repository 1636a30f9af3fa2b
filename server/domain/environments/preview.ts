import { and, eq, or, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { sagas } from "@/server/sagas/catalog";
import { storageLimitMb } from "./add";
import { freeHostname, hostnameLabel } from "./hostname";
import type { PreviewEnvironment } from "./schema";

/** What creating an environment with this slug would make now. Reserves nothing. */
export async function previewEnvironment(ctx: OrganizationContext, input: PreviewEnvironment) {
  requireOrganization(ctx, "environment.create");
  const { rootDomain } = env();
  const proposed = `${hostnameLabel(ctx.organization.slug, input.slug)}.${rootDomain}`;
  const sameSlug = and(eq(environment.organizationId, ctx.organization.id), eq(environment.slug, input.slug));
  const others = await ctx.db
    .select({ hostname: environment.hostname, slugIsTaken: sql<number>`${sameSlug}` })
    .from(environment)
    .where(or(eq(environment.hostname, proposed), sameSlug));
  const isTaken = others.some((other) => other.hostname === proposed);
  const steps = sagas["provision-environment"].steps.map(({ title }) => title);
  return {
    hostname: isTaken ? await freeHostname(ctx.db, ctx.organization.slug, input.slug, rootDomain) : proposed,
    /** False when another environment has the plain one: four hex digits are drawn at creation. */
    hostnameIsFinal: !isTaken,
    slugIsTaken: others.some((other) => other.slugIsTaken === 1),
    driver: "sqlite" as const,
    isolation: "dedicated" as const,
    storageLimitMb,
    steps,
  };
}
