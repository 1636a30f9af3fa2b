import { z } from "zod";
import type { Db } from "@/server/db/client";
import { requireActive } from "@/server/domain/environments/require-active";
import { Audience } from "@/server/domain/tokens/schema";
import type { Grant } from "@/server/kernel/context";
import { isUuid } from "@/server/kernel/ids";
import { findTenant } from "./find-tenant";
import type { Service } from "./identify-service";

/** The body of a client-credentials request. */
export const TokenRequest = z.strictObject({
  grant_type: z.literal("client_credentials", "The one grant_type here is client_credentials."),
  audience: Audience,
  tenant: z.string().refine(isUuid, "A tenant is named by its id, a lower-case UUID.").optional(),
});
export type TokenRequest = z.infer<typeof TokenRequest>;

/** What the service may be given a token for; throws `not_found`, or `tenant_inactive` unless the tenant serves. */
export async function grantToken(
  db: Db,
  service: Service,
  { audience, tenant }: TokenRequest,
): Promise<Grant> {
  if (tenant !== undefined) requireActive((await findTenant(db, tenant)).status);
  return { subject: `service:${service.id}`, audience, tenant: tenant ?? null };
}
