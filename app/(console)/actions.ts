"use server";

import { act, type ActionResult } from "@/server/api/actions";
import type { CreateEnvironment } from "@/server/domain/environments/schema";

/** Remembers the environment in the session as the place to land, and as recently used. */
export async function switchEnvironment(organization: string, environment: string): Promise<void> {
  // A refusal changes nothing here: the page that follows says why.
  await act(async (api) => {
    const place = await api.navigation.locate({ organization, environment });
    if (place.environment) await api.navigation.visit({ environment: place.environment.id });
  });
}

/** Registers an environment and orders its database. */
export async function createEnvironment(
  input: CreateEnvironment,
): Promise<ActionResult<{ slug: string; operation: string }>> {
  return act(async (api) => {
    const { environment, operation } = await api.environments.create(input);
    return { slug: environment.slug, operation: operation.id };
  });
}
