import type { ResolutionPolicy } from "@/sdk/resolution/policy";
import { presetNamed } from "@/sdk/resolution/preset-named";
import type { PresetName } from "@/sdk/resolution/preset-names";

export interface PolicyChoice {
  preset: PresetName;
  sharedHosts: readonly string[];
  /** The one tenant of an installation that has one. */
  tenant: string | undefined;
}

/**
 * A preset as it holds at the edge. Whoever comes shows a token, what it sends to name a tenant
 * must agree with it, and nothing that is not proven decides: the gateway's signature makes a proof of it.
 */
export function gatewayPolicy(choice: PolicyChoice): ResolutionPolicy {
  const { preset, tenant } = choice;
  if (preset === "dedicatedSingleTenant" && tenant === undefined)
    throw new Error("The preset dedicatedSingleTenant needs --tenant.");
  const policy = presetNamed({ ...choice, strict: true, readsHosts: true });
  const order = policy.order.filter((source) => !elsewhere.has(source));
  const missing = ["token", "header"].filter((source) => !order.includes(source));
  return { ...policy, order: [...missing, ...order], unauthenticated: [], requireToken: true };
}

// Of services among themselves, or of a service's own: no client is asked for them.
const elsewhere = new Set(["context", "session", "grpc", "message", "default"]);
