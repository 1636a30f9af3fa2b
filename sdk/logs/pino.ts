import { contextHeader } from "../tokens/claims.ts";
import type { Mask } from "./mask.ts";

const censored = "[tenant]";

/**
 * For pino's `mixin`: each line says its tenant as the mask shows it. `current` gives the id
 * for each line, see `loggedTenant`; without a tenant, or with a mask that shows nothing, nothing is added.
 */
export function tenantMixin(mask: Mask, current: () => string | null | undefined): () => { tenant?: string } {
  return () => {
    const tenant = current();
    const shown = tenant === null || tenant === undefined ? null : mask(tenant);
    return shown === null ? {} : { tenant: shown };
  };
}

/** For pino's `serializers`: what is logged as `tenant` or `context` is the masked id and nothing else. */
export function tenantSerializers(mask: Mask): Record<"tenant" | "context", (value: unknown) => unknown> {
  return {
    tenant: (value) => show(mask, value),
    context: (value) => (isContext(value) ? { tenant: show(mask, value) } : value),
  };
}

const names = [
  "tenant",
  "tenantId",
  "tenant_id",
  "tid",
  "loggedTenant",
  '["tenant-id"]',
  '["x-tenant-id"]',
  `["${contextHeader}"]`,
];
const places = ["", "*", "*.*", "*.*.*"];

/**
 * For pino's `redact`: ids and signed contexts under the names that they usually have, at the first
 * four levels, and under `paths` of the service's own.
 */
export function tenantRedaction(
  mask: Mask,
  paths: readonly string[] = [],
): { paths: string[]; censor: (value: unknown, path: string[]) => unknown } {
  const usual = places.flatMap((place) => names.map((name) => join(place, name)));
  return {
    paths: [...usual, ...paths],
    censor: (value, path) => (path.at(-1) === contextHeader ? "[redacted]" : show(mask, value)),
  };
}

function join(place: string, name: string): string {
  return place === "" || name.startsWith("[") ? `${place}${name}` : `${place}.${name}`;
}

function show(mask: Mask, value: unknown): string {
  if (isContext(value)) return mask(value.tenant) ?? censored;
  return typeof value === "string" ? (mask(value) ?? censored) : censored;
}

function isContext(value: unknown): value is { tenant: string } {
  return typeof value === "object" && value !== null && "tenant" in value && typeof value.tenant === "string";
}
