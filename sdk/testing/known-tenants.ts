import type { TenantReference } from "../resolution/hint.ts";
import type { TenantEntry, TenantStore } from "../stores/tenant-store.ts";
import { catalog } from "./catalog.data.ts";

interface Options {
  /** Nothing is at hand: each reference has to be asked for. */
  isCold?: boolean;
}

/** A store with the tenants of the tables, that counts what it is asked. */
export function knownTenants({ isCold = false }: Options = {}) {
  const asked: TenantReference[] = [];
  const entries = new Map<string, TenantEntry>(
    catalog.flatMap(({ entry, name, host }) => [
      [`id ${entry.tenant}`, entry],
      [`name ${name}`, entry],
      [`host ${host}`, entry],
    ]),
  );
  const look = ({ by, value }: TenantReference) => entries.get(`${by} ${value}`) ?? null;
  const store = {
    find: (reference) => {
      asked.push(reference);
      return Promise.resolve(look(reference));
    },
    peek: (reference) => {
      if (isCold) return undefined;
      asked.push(reference);
      return look(reference);
    },
    close: () => Promise.resolve(),
  } satisfies TenantStore;
  return { store, asked };
}
