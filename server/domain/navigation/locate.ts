import { openEnvironmentAt } from "@/server/domain/environments/open";
import { openOrganization } from "@/server/domain/organizations/open";
import type { UserContext } from "@/server/kernel/context";
import type { Location } from "./schema";

/** What an address of the console stands for, with the caller's roles; `not_found` where the caller has none. */
export async function locate(ctx: UserContext, at: Location) {
  if (at.environment === undefined) {
    const { organization } = await openOrganization(ctx, at.organization);
    return { organization, environment: null };
  }
  const { organization, environment } = await openEnvironmentAt(ctx, {
    organization: at.organization,
    environment: at.environment,
  });
  return { organization, environment };
}
