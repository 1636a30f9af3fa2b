import type { TenantResolver } from "@freehold/sdk/incoming";
import { openJob, sealJob } from "@freehold/sdk/jobs";
import type { TenantSender } from "@freehold/sdk/outgoing";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";

/** What to store: plain JSON. */
export function sealExport(context: TenantContext, sender: TenantSender, format: string) {
  return sealJob(context, sender, { queue: "exports", payload: { format }, lifetimeSeconds: 3_600 });
}

/** Before each attempt. Throws FreeholdError when the job may have no effect. */
export function openExport(resolver: TenantResolver, stored: unknown) {
  return openJob(resolver, "exports", stored);
}
