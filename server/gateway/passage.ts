import type { TenantContext } from "@/sdk/resolution/tenant-context";
import { GatewayError } from "./refusal";
import type { Route } from "./settings";
import type { Signed } from "./signed-contexts";

/** What the gateway knows of a request while it passes. */
export interface Passage {
  route: Route;
  context: TenantContext;
  signed: Signed;
}

declare module "fastify" {
  interface FastifyRequest {
    passage: Passage | null;
    /** Why it was refused; null when it was not. */
    refusedAs: string | null;
  }
}

/** The passage of a request that has been let in. */
export function passageOf({ passage }: { passage: Passage | null }): Passage {
  if (!passage) throw new GatewayError("internal", "Something went wrong.");
  return passage;
}

export const serviceOf = (passage: Passage | null) => passage?.route.audience ?? "none";
