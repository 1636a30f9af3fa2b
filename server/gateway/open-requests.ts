import type { GatewayStore } from "./means";
import { isFreeholdError } from "@/sdk/errors/freehold-error";
import type { RefusalCode } from "@/sdk/errors/refusal-code";
import { sentences } from "@/sdk/errors/sentences";
import { GatewayError } from "./refusal";

export type Cut = (reason: GatewayError) => void;

export interface OpenRequests {
  /** Counts one of a tenant as open; `cut` ends it at once, with what is to be told if something still can be. Gives what takes it off again. */
  add(tenant: string, cut: Cut): () => void;
  size(): number;
  cutAll(): void;
  stop(): void;
}

const recheckMs = 10_000;

/**
 * What is open for which tenant. When a tenant ends being active, all of it is cut; so it is
 * when nobody can tell any longer, which is looked at every 10 s.
 */
export function createOpenRequests(store: Pick<GatewayStore, "find" | "onChange">): OpenRequests {
  const open = new Map<string, Set<Cut>>();
  let size = 0;

  const check = async (tenant: string) => {
    const code = await refusalCodeOf(store, tenant);
    if (code === null) return;
    const reason = new GatewayError(code, sentences[code]);
    for (const cut of open.get(tenant) ?? []) cut(reason);
  };
  const stop = store.onChange((tenant) => {
    const due = tenant === null ? [...open.keys()] : [tenant].filter((changed) => open.has(changed));
    for (const one of due) void check(one);
  });
  const timer = setInterval(
    () => [...open.keys()].forEach((tenant) => void check(tenant)),
    recheckMs,
  ).unref();

  return {
    add(tenant, cut) {
      const ofTenant = open.get(tenant) ?? new Set();
      open.set(tenant, ofTenant);
      // Its own identity: the same function may be there twice.
      const entry: Cut = (reason) => cut(reason);
      ofTenant.add(entry);
      size += 1;
      return () => {
        if (!ofTenant.delete(entry)) return;
        size -= 1;
        if (ofTenant.size === 0 && open.get(tenant) === ofTenant) open.delete(tenant);
      };
    },
    size: () => size,
    cutAll() {
      const reason = new GatewayError("unavailable", "The gateway stops.");
      for (const ofTenant of open.values()) for (const cut of ofTenant) cut(reason);
    },
    stop() {
      clearInterval(timer);
      stop();
    },
  };
}

/** Why the tenant is not served on; null when it is. */
async function refusalCodeOf(store: Pick<GatewayStore, "find">, tenant: string): Promise<RefusalCode | null> {
  try {
    const entry = await store.find({ by: "id", value: tenant });
    return entry?.status === "active" ? null : "tenant_inactive";
  } catch (error) {
    return isFreeholdError(error) ? error.code : "unavailable";
  }
}
