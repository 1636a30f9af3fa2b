import type { ControlPlaneClient } from "../stores/control-plane-client.ts";
import type { Violation } from "./violation.ts";

/** Tells Freehold of 1 to 100 violations (scope `report`). Throws FreeholdError. */
export async function reportViolations(
  client: Pick<ControlPlaneClient, "request">,
  violations: readonly Violation[],
): Promise<void> {
  await client.request("/internal/violations", { method: "POST", body: { violations } });
}
