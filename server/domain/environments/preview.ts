import { and, eq } from "drizzle-orm";
import { environment } from "@/drizzle/control/schema/environments";
import { requireOrganization } from "@/server/kernel/authorize";
import type { OrganizationContext } from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { sagas } from "@/server/sagas/catalog";
import { storageLimitMb } from "./add";
import { freeHostname } from "./hostname";
import type { PreviewEnvironment } from "./schema";

/** What creating an environment with this slug would make now. Reserves nothing. */
export async function previewEnvironment(ctx: OrganizationContext, input: PreviewEnvironment) {
  requireOrganization(ctx, "environment.create");
  const [hostname, taken] = await Promise.all([
    freeHostname(ctx.db, ctx.organization.slug, input.slug, env().rootDomain),
    ctx.db
      .select({ name: environment.name })
      .from(environment)
      .where(and(eq(environment.organizationId, ctx.organization.id), eq(environment.slug, input.slug))),
  ]);
  const steps = sagas["provision-environment"].steps.map(({ title }) => title);
  return {
    hostname,
    slugIsTaken: taken.length > 0,
    driver: "sqlite" as const,
    isolation: "dedicated" as const,
    storageLimitMb,
    steps,
  };
}
