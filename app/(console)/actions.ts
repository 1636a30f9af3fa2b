"use server";

import { act, type ActionResult } from "@/server/api/actions";
import type { CreateEnvironment } from "@/server/domain/environments/schema";

/** Remembers the environment in the session as the place to land, and as recently used. */
export async function switchEnvironment(environment: string): Promise<ActionResult<{ organization: string; environment: string }>> {
  return act((api) => api.navigation.visit({ environment }));
}

/** Registers an environment and orders its database. */
export async function createEnvironment(input: CreateEnvironment): Promise<ActionResult<{ slug: string; operation: string }>> {
  return act(async (api) => {
    const { environment, operation } = await api.environments.create(input);
    return { slug: environment.slug, operation: operation.id };
  });
}
