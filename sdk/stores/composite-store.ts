import { FreeholdError, isFreeholdError } from "../errors/freehold-error.ts";
import type { TenantReference } from "../resolution/hint.ts";
import type { ConnectionStore, TenantConnection, TenantEntry, TenantStore } from "./tenant-store.ts";

/**
 * Several stores as one: the first that knows the tenant answers. One that cannot be asked ends the
 * search, because it might have known the tenant as suspended.
 */
export class CompositeStore implements TenantStore, ConnectionStore {
  readonly #stores: readonly (TenantStore & ConnectionStore)[];

  constructor(stores: readonly (TenantStore & ConnectionStore)[]) {
    this.#stores = stores;
  }

  peek(reference: TenantReference): TenantEntry | null | undefined {
    for (const store of this.#stores) {
      const found = store.peek(reference);
      if (found !== null) return found;
    }
    return null;
  }

  async find(reference: TenantReference): Promise<TenantEntry | null> {
    for (const store of this.#stores) {
      const found = await store.find(reference);
      if (found) return found;
    }
    return null;
  }

  async connection(tenant: string): Promise<TenantConnection> {
    for (const store of this.#stores) {
      const known = store.peekConnection(tenant);
      if (known === null) continue;
      const found = known ?? (await store.connection(tenant).catch(nullWhenUnknown));
      if (found) return found;
    }
    throw new FreeholdError("not_found", "There is no such tenant.");
  }

  peekConnection(tenant: string): TenantConnection | null | undefined {
    for (const store of this.#stores) {
      const known = store.peekConnection(tenant);
      if (known !== null) return known;
    }
    return null;
  }

  doubt(tenant: string): void {
    for (const store of this.#stores) store.doubt(tenant);
  }

  onChange(changed: (tenant: string | null) => void): () => void {
    const ends = this.#stores.map((store) => store.onChange(changed));
    return () => ends.forEach((end) => end());
  }

  async close(): Promise<void> {
    await Promise.all(this.#stores.map((store) => store.close()));
  }
}

function nullWhenUnknown(error: unknown): null {
  if (isFreeholdError(error) && error.code === "not_found") return null;
  throw error;
}
