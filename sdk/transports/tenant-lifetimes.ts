import { FreeholdError, isFreeholdError } from "../errors/freehold-error.ts";
import type { ConnectionStore, TenantStore } from "../stores/tenant-store.ts";

/** The time for which one connection may serve its tenant. */
export interface Lifetime {
  /** Aborts with a FreeholdError when the tenant may not be served any longer. */
  readonly signal: AbortSignal;
  /** The connection is over by itself. */
  release(): void;
}

/** Tells connections that outlive their first request when their tenant ends. */
export interface TenantLifetimes {
  follow(tenant: string): Lifetime;
  /** Ends every lifetime that it gave, as `unavailable`. */
  close(): void;
}

/**
 * Follows tenants through a store: at every change, and every `recheckMs` (10 s unless given) in
 * case that what is known has run out, it asks whether the tenant is active. When it is not, or
 * nobody can tell, the lifetime ends. The store must forget what has changed before it calls back.
 */
export function createTenantLifetimes(
  store: Pick<TenantStore, "find"> & Pick<ConnectionStore, "onChange">,
  { recheckMs = 10_000 }: { recheckMs?: number } = {},
): TenantLifetimes {
  const followed = new Map<string, Set<AbortController>>();

  async function check(tenant: string): Promise<void> {
    const refusal = await refusalOf(store, tenant);
    if (refusal) end(tenant, refusal);
  }

  function end(tenant: string, refusal: FreeholdError): void {
    const ended = followed.get(tenant) ?? [];
    followed.delete(tenant);
    for (const controller of ended) controller.abort(refusal);
  }

  function checkAll(): void {
    for (const tenant of followed.keys()) void check(tenant);
  }

  const forget = store.onChange((tenant) => {
    if (tenant === null) checkAll();
    else if (followed.has(tenant)) void check(tenant);
  });
  const timer = setInterval(checkAll, recheckMs).unref();

  return {
    follow(tenant) {
      const controller = new AbortController();
      const all = followed.get(tenant) ?? new Set();
      followed.set(tenant, all.add(controller));
      // What changed between the decision and this moment has called back already.
      void check(tenant);
      return {
        signal: controller.signal,
        release() {
          all.delete(controller);
          if (all.size === 0 && followed.get(tenant) === all) followed.delete(tenant);
        },
      };
    },
    close() {
      clearInterval(timer);
      forget();
      for (const tenant of followed.keys())
        end(tenant, new FreeholdError("unavailable", "The service stops."));
    },
  };
}

async function refusalOf(store: Pick<TenantStore, "find">, tenant: string): Promise<FreeholdError | null> {
  try {
    const entry = await store.find({ by: "id", value: tenant });
    if (entry?.status === "active") return null;
    return new FreeholdError("tenant_inactive", "The tenant is not active any longer.");
  } catch (error) {
    if (isFreeholdError(error)) return error;
    return new FreeholdError("unavailable", "Nobody can tell whether the tenant is active.", {
      cause: error,
    });
  }
}
