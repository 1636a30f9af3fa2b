import { isFreeholdError } from "@freehold/sdk/errors";
import type { Incoming, TenantResolver } from "@freehold/sdk/incoming";

/** Where a request, call or job landed, or why it did not. */
export interface Landing {
  service: string;
  transport: Incoming["transport"];
  /** "GET /students", or the queue and name of a job. */
  what: string;
  tenant: string | null;
  decidedBy: string | null;
  refused: string | null;
}

export type TellLanding = (landing: Landing) => void;

/** The same resolver; it tells of everything that it is asked. */
export function watched(service: string, resolver: TenantResolver, tell: TellLanding): TenantResolver {
  return {
    async resolve(incoming) {
      const about = { service, transport: incoming.transport, what: whatOf(incoming) };
      try {
        const context = await resolver.resolve(incoming);
        tell({ ...about, tenant: context.tenant, decidedBy: context.decidedBy, refused: null });
        return context;
      } catch (error) {
        const refused = isFreeholdError(error) ? error.code : "internal";
        tell({ ...about, tenant: null, decidedBy: null, refused });
        throw error;
      }
    },
  };
}

function whatOf({ transport, method, path }: Incoming): string {
  return transport === "http" ? `${method} ${path}` : path;
}

/** One line of JSON each, as a service logs. */
export function tellInLines(landing: Landing): void {
  process.stdout.write(`${JSON.stringify({ landing })}\n`);
}
