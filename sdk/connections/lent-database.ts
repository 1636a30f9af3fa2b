import type { TenantConnection } from "../stores/tenant-store.ts";
import type { Use } from "./tenant-database.ts";
import type { OpenUse } from "./uses.ts";

/** What a tenant's database says of itself while it is lent to one use, whatever its engine is. */
export class LentDatabase {
  readonly tenant: string;
  readonly isolation: TenantConnection["isolation"];
  readonly driver: TenantConnection["driver"];
  readonly isReadOnly: boolean;
  readonly #open: OpenUse;

  constructor({ connection, isReadOnly, open }: Use) {
    ({ tenant: this.tenant, isolation: this.isolation, driver: this.driver } = connection);
    this.isReadOnly = isReadOnly;
    this.#open = open;
  }

  get signal(): AbortSignal {
    return this.#open.signal;
  }
}
