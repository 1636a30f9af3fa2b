import type { GatewayStore } from "./means";
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
    // Whoever cannot be asked about is not served on.
    const entry = await store.find({ by: "id", value: tenant }).catch(() => null);
    if (entry?.status === "active") return;
    const reason = new GatewayError("tenant_inactive", sentences.tenant_inactive);
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
