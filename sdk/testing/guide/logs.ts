import { Counter } from "prom-client";
import { pino, type DestinationStream } from "pino";
import { loggedTenant } from "@freehold/sdk/context";
import { createMask } from "@freehold/sdk/logs/mask";
import { TenantLabels } from "@freehold/sdk/logs/metrics";
import { tenantMixin, tenantRedaction, tenantSerializers } from "@freehold/sdk/logs/pino";
import type { TenantContext } from "@freehold/sdk/resolution/tenant-context";

export function observe(salt: string, destination: DestinationStream) {
  const mask = createMask({ show: "hashed", salt });
  const logger = pino(
    {
      mixin: tenantMixin(mask, () => loggedTenant()?.loggedTenant),
      serializers: tenantSerializers(mask),
      redact: tenantRedaction(mask),
    },
    destination,
  );

  const calls = new Counter({ name: "grades_calls_total", help: "Calls", labelNames: ["tenant"] });
  const labels = new TenantLabels({ mask, top: 20, onRetired: (tenant) => calls.remove({ tenant }) });
  const count = (context: TenantContext) => calls.inc({ tenant: labels.of(context.tenant) });
  return { logger, count };
}
