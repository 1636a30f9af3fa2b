import { and, eq, or, sql } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { decidePlacement, type PlacementDecision } from "@/server/domain/placement/decide";
import type { Isolation } from "@/server/domain/placement/names";
import { policyOf, policyQuery } from "@/server/domain/placement/policy";
import { requireOperator, requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { sagas } from "@/server/sagas/catalog";
import { hostnameLabel, takeHostname } from "./hostname";
import { initialLimits } from "./limits";
import type { PreviewEnvironment } from "./schema";

/** What creating an environment with this slug would make now. Reserves nothing. */
export async function previewEnvironment(ctx: OrganizationContext, input: PreviewEnvironment) {
  requireOrganization(ctx, "environment.create");
  if (input.cluster !== undefined || input.pool !== undefined) requireOperator(ctx);
  const { rootDomain } = env();
  const proposed = `${hostnameLabel(ctx.organization.slug, input.slug)}.${rootDomain}`;
  const sameSlug = and(eq(environment.organizationId, ctx.organization.id), eq(environment.slug, input.slug));
  const [others, policy] = await ctx.db.batch([
    ctx.db
      .select({ hostname: environment.hostname, slugIsTaken: sql<number>`${sameSlug}` })
      .from(environment)
      .where(or(eq(environment.hostname, proposed), sameSlug)),
    policyQuery(ctx.db),
  ]);
  const isTaken = others.some((other) => other.hostname === proposed);
  const placement = decidePlacement(policyOf(policy), {
    tier: ctx.organization.tier,
    residency: ctx.organization.residency,
    envType: input.envType ?? "development",
    region: input.region ?? ctx.organization.region,
    isolation: input.isolation,
    driver: input.driver,
    cluster: input.cluster,
    pool: input.pool,
  });
  const steps = sagas["provision-environment"].steps.map(({ title }) => title);
  return {
    slug: input.slug,
    hostname: isTaken ? await otherHostname(ctx, input.slug) : proposed,
    /** False when another environment has the plain one: four hex digits are drawn at creation. */
    hostnameIsFinal: !isTaken,
    slugIsTaken: others.some((other) => other.slugIsTaken === 1),
    cluster: placement.cluster?.slug ?? null,
    pool: placement.pool?.slug ?? null,
    driver: placement.cluster?.driver ?? null,
    region: placement.cluster?.region ?? null,
    /** Why there is no home for it now; null when there is one. */
    refusal: placement.cluster ? null : placement.message,
    why: placement.steps,
    isolation: isolationOf(placement),
    ...initialLimits,
    steps,
  };
}

/** What was decided; null while there is no home for it. */
function isolationOf({ cluster, pool }: PlacementDecision): Isolation | null {
  if (!cluster) return null;
  return pool ? "shared" : "dedicated";
}

function otherHostname(ctx: OrganizationContext, slug: string): Promise<string> {
  const names = { organization: ctx.organization.slug, environment: slug, root: env().rootDomain };
  return takeHostname(names, async (hostname) => {
    const taken = await ctx.db
      .select({ id: environment.id })
      .from(environment)
      .where(eq(environment.hostname, hostname));
    return taken.length === 0;
  });
}
