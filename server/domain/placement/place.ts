import { appendAudit } from "@/server/audit/append";
import type { Tx } from "@/server/db/client";
import { withTransaction } from "@/server/db/transaction";
import type { UserContext } from "@/server/kernel/context";
import { DomainError, isDomainError } from "@/server/kernel/errors";
import { decidePlacement, type PlacementRequest } from "./decide";
import type { Home } from "./homes";
import { readPolicy } from "./policy";
import type { PlacementStep } from "@/drizzle/control/schema/environments";

/** The home of a new database; throws `residency_violation` or `precondition` with what stood in the way. */
export async function placeDatabase(
  tx: Tx,
  request: PlacementRequest,
): Promise<Home & { steps: PlacementStep[] }> {
  const decision = decidePlacement(await readPolicy(tx), request);
  if (decision.cluster) return decision;
  const named = request.pool === undefined ? "cluster" : "pool";
  const field = decision.code === "residency_violation" ? "region" : named;
  throw new DomainError(decision.code, decision.message, { field });
}

/** Does `work`, and puts a refusal by the fence on the audit trail, where it outlives the work's own transaction. */
export async function auditingFence<T>(
  ctx: UserContext,
  about: { organization: { id: string; slug: string }; region: string | undefined },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isDomainError(error) && error.code === "residency_violation") {
      const { id, slug } = about.organization;
      await withTransaction(ctx.db, (tx) =>
        appendAudit(tx, ctx, {
          action: "placement.refuse",
          subject: { kind: "organization", id, label: slug },
          organizationId: id,
          detail: { reason: error.message, region: about.region ?? null },
        }),
      );
    }
    throw error;
  }
}
