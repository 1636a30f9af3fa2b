import type { TenantReference } from "./hint.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const name = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const authority = /^(?:[A-Za-z0-9._-]{1,254}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;
const hostname = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.|$)){1,127}$/;
const address = /^\[[0-9a-f:]{2,39}\]$/;

/**
 * What a value names, when it is in the one form that is taken: a lower-case UUID is an id,
 * another value of lower-case letters, digits and inner hyphens, at most 63, is a name. Anything
 * else is null: nothing is trimmed, folded or normalised into a tenant.
 */
export function canonicalTenant(value: string): TenantReference | null {
  if (value.length > 63) return null;
  if (uuid.test(value)) return { by: "id", value };
  return name.test(value) ? { by: "name", value } : null;
}

/**
 * A host as it is registered: lower case, without port and one trailing dot, addresses in their
 * shortest form. Null when it is none; what is not ASCII or is escaped is none.
 */
export function canonicalHost(value: string): string | null {
  if (!authority.test(value)) return null;
  const url = URL.parse(`http://${value}`);
  if (!url) return null;
  const host = url.hostname.endsWith(".") ? url.hostname.slice(0, -1) : url.hostname;
  if (host.length > 253) return null;
  return (hostname.test(host) && !host.endsWith(".")) || address.test(host) ? host : null;
}
