import { cache } from "react";
import { getPathname } from "@/server/api/pathname";
import { api, getQueryClient, read } from "@/server/api/server";

/** The signed-in person, or the sign-in page. */
export const requirePerson = cache(async () =>
  read(getQueryClient().fetchQuery(api.navigation.me.queryOptions({})), await getPathname()),
);

/** The organization of the address and the caller's role in it, or the 404 page. */
export const requireOrganization = cache(async (organization: string) => {
  const location = await read(
    getQueryClient().fetchQuery(api.navigation.locate.queryOptions({ organization })),
    await getPathname(),
  );
  return location.organization;
});

/** The environment of the address, its organization and the caller's roles, or the 404 page. */
export const requireEnvironment = cache(async (organization: string, environment: string) => {
  const location = await read(
    getQueryClient().fetchQuery(api.navigation.locate.queryOptions({ organization, environment })),
    await getPathname(),
  );
  if (!location.environment) throw new Error("An environment was asked for.");
  return { organization: location.organization, environment: location.environment };
});
