import { createContextKey, type Attributes, type Context, type Span } from "@opentelemetry/api";
import type { TenantContext } from "../resolution/tenant-context.ts";
import type { Mask } from "./mask.ts";

const key = createContextKey("freehold tenant");

/** A context of OpenTelemetry that knows the tenant. For traces alone: what may read data is handed on as an argument. */
export function withTenant(parent: Context, context: TenantContext): Context {
  return parent.setValue(key, context.tenant);
}

/** The attribute `tenant.id` as the mask shows it; none when it shows nothing. */
export function tenantAttributes(mask: Mask, tenant: string): Attributes {
  const shown = mask(tenant);
  return shown === null ? {} : { "tenant.id": shown };
}

/**
 * A span processor that gives `tenant.id` to each span that starts in a context of `withTenant`.
 * Nothing of the tenant goes into trace headers or baggage, which reach third parties: between
 * services it travels as `x-tenant-id` or `tenant-id` with a signed context, to those who are called.
 */
export function tenantSpanProcessor(mask: Mask) {
  return {
    onStart(span: Pick<Span, "setAttributes">, parent: Context): void {
      const tenant = parent.getValue(key);
      if (typeof tenant === "string") span.setAttributes(tenantAttributes(mask, tenant));
    },
    onEnd(): void {},
    forceFlush: (): Promise<void> => Promise.resolve(),
    shutdown: (): Promise<void> => Promise.resolve(),
  };
}
