import { LRUCache } from "lru-cache";
import { checkOptions, count, meaningsOf, milliseconds, names, yesOrNo } from "../check-options.ts";
import { FreeholdError, isFreeholdError } from "../errors/freehold-error.ts";
import type { TenantContext } from "../resolution/tenant-context.ts";
import type { ConnectionStore, TenantConnection } from "../stores/tenant-store.ts";
import { failureOf } from "./failure-of.ts";
import { Handles, type Wanted } from "./handles.ts";
import { hasSchema, schemaTooOld, type SchemaRequirement } from "./require-schema.ts";
import type { Handle, OpeningOptions, TenantDatabase } from "./tenant-database.ts";
import { Uses, type OpenUse } from "./uses.ts";

export interface ConnectionsOptions extends Partial<OpeningOptions> {
  /** Databases and pools open at once at most, the longest unused closed first. Default 100. */
  most?: number;
  /** `withDatabase` calls of one tenant under way at once at most. Default 200. */
  usesPerTenant?: number;
}

export interface UseOptions {
  /** Nothing is written: every statement runs in a transaction that may only read. */
  readOnly?: boolean;
  /** Refused with `schema_too_old` when the tenant's database has an older release, or none. */
  minSchema?: SchemaRequirement;
  /** Ends the use at once: what runs is given up, and no connection stays behind. */
  signal?: AbortSignal;
}

/** The tenant of a request, or the id of one that the program itself chose, as a job does. */
export type Whose = Pick<TenantContext, "tenant" | "authenticated"> | string;

const meanings = meaningsOf<ConnectionsOptions>({
  searchPath: names,
  connectionsPerTenant: count,
  connectionsPerPool: count,
  idleMs: milliseconds,
  waitMs: milliseconds,
  most: count,
  usesPerTenant: count,
});

const meaningsOfUse = meaningsOf<UseOptions>({ readOnly: yesOrNo, minSchema: null, signal: null });

function withUsual(options: ConnectionsOptions): Required<ConnectionsOptions> {
  checkOptions(options, meanings);
  const { searchPath = [], connectionsPerTenant = 2, connectionsPerPool = 8 } = options;
  const { idleMs = 30_000, waitMs = 5_000, most = 100, usesPerTenant = 200 } = options;
  return { searchPath, connectionsPerTenant, connectionsPerPool, idleMs, waitMs, most, usesPerTenant };
}

/** The tenants' databases, as one process uses them. */
export class Connections {
  readonly #store: ConnectionStore;
  readonly #options: Required<ConnectionsOptions>;
  readonly #handles: Handles;
  readonly #uses: Uses;
  /** What a database contradicted is asked for again, but not for every statement that it refuses. */
  readonly #doubted = new LRUCache<string, true>({ max: 1_000, ttl: 500 });
  readonly #wants = new WeakMap<TenantConnection, Record<Mode, Wanted>>();
  readonly #unsubscribe: () => void;
  #isClosed = false;

  constructor(store: ConnectionStore, options: ConnectionsOptions = {}) {
    this.#store = store;
    this.#options = withUsual(options);
    this.#handles = new Handles(this.#options);
    this.#uses = new Uses(this.#options.usesPerTenant);
    this.#unsubscribe = store.onChange((tenant) => this.#check(tenant));
  }

  /** How much is open and under way. */
  figures(): { open: number; uses: number } {
    return { open: this.#handles.size, uses: this.#uses.size };
  }

  /**
   * Runs `work` with the tenant's database, which ends with it. Throws what `work` throws, and
   * FreeholdError: `not_found`, `tenant_inactive`, `schema_too_old`, `unavailable`, `unauthenticated`
   * when nobody proved whose request it is, `limit` when the storage is full or too much is under way.
   */
  async withDatabase<T>(
    whose: Whose,
    work: (database: TenantDatabase) => Promise<T>,
    options: UseOptions = {},
  ): Promise<T> {
    if (this.#isClosed) throw new FreeholdError("unavailable", "This service is about to end.");
    checkOptions(options, meaningsOfUse);
    const tenant = idOf(whose);
    const use = this.#uses.begin(tenant, options.signal);
    try {
      return await this.#run(use, work, options);
    } catch (error) {
      throw await this.#explained(tenant, error);
    } finally {
      this.#uses.end(use);
    }
  }

  /** Takes no more; what runs has `drainMs` to end, and is ended then. */
  async close({ drainMs = 10_000 }: { drainMs?: number } = {}): Promise<void> {
    this.#isClosed = true;
    this.#unsubscribe();
    await this.#uses.drain(drainMs);
    this.#uses.endAll(new FreeholdError("unavailable", "This service has ended."));
    await this.#handles.close();
  }

  async #run<T>(
    use: OpenUse,
    work: (database: TenantDatabase) => Promise<T>,
    { readOnly = false, minSchema }: UseOptions,
  ): Promise<T> {
    let connection = this.#store.peekConnection(use.tenant) ?? (await this.#ask(use));
    if (minSchema && !hasSchema(connection, minSchema)) {
      connection = await this.#askAgain(use.tenant);
      if (!hasSchema(connection, minSchema)) throw schemaTooOld(minSchema);
    }
    const slot = await this.#handles.take(this.#wanted(connection, modeOf(connection, readOnly)));
    try {
      const handle = await slot.handle;
      use.throwIfAborted();
      return await handle.run({ connection, isReadOnly: readOnly, open: use }, work);
    } finally {
      this.#handles.giveBack(slot);
    }
  }

  /** A caller that gives up does not wait for Freehold. */
  #ask(use: OpenUse): Promise<TenantConnection> {
    return use.until(this.#store.connection(use.tenant));
  }

  /** Made once for each answer of the store: a use looks it up. */
  #wanted(connection: TenantConnection, mode: Mode): Wanted {
    const known = this.#wants.get(connection)?.[mode];
    if (known) return known;
    const { tenant, url, credential, context } = connection;
    const { username, secret } = credential;
    // A pool is for all of its tenants: what is new for one of them closes nothing of the others.
    const key = JSON.stringify([context ? "" : tenant, url, username, secret]);
    const of = (one: Mode): Wanted => ({
      key: `${key} ${one}`,
      group: `${context ? key : ownGroup(tenant)} ${one}`,
      open: () => open(connection, this.#options, one),
    });
    const wanted = { read: of("read"), write: of("write") };
    this.#wants.set(connection, wanted);
    return wanted[mode];
  }

  /** At most twice a second per tenant; in between, what is known is given. */
  #askAgain(tenant: string): Promise<TenantConnection> {
    if (!this.#doubted.has(tenant)) {
      this.#doubted.set(tenant, true);
      this.#store.doubt(tenant);
    }
    return this.#store.connection(tenant);
  }

  /** A database that refuses is asked about: Freehold knows why. */
  async #explained(tenant: string, cause: unknown): Promise<unknown> {
    if (isFreeholdError(cause)) return cause;
    const failure = failureOf(cause);
    if (failure === "full") return new FreeholdError("limit", "The tenant's storage is full.", { cause });
    if (failure === "busy")
      return new FreeholdError("limit", "No connection became free in time.", { cause });
    if (failure === "unreachable") return unreachable(cause);
    if (failure === "other") return cause;
    return this.#reasonOf(tenant, cause);
  }

  /** A database may know of a suspension before Freehold's word has come this far: it is on its way. */
  async #reasonOf(tenant: string, cause: unknown): Promise<unknown> {
    const changed = this.#change(tenant);
    try {
      await this.#askAgain(tenant);
      await changed;
      await this.#store.connection(tenant);
      return unreachable(cause);
    } catch (refusal) {
      return refusal;
    }
  }

  /** Until something is heard of the tenant, as long as news take. */
  #change(tenant: string): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        unsubscribe();
        resolve();
      };
      const timer = setTimeout(finish, newsMs);
      const unsubscribe = this.#store.onChange((changed) => {
        if (changed === null || changed === tenant) finish();
      });
    });
  }

  #check(tenant: string | null): void {
    const tenants = tenant === null ? this.#uses.tenants() : [tenant];
    for (const one of tenants) if (this.#uses.isUsed(one) || this.#isOpen(one)) void this.#recheck(one);
  }

  /** What the tenant has open leads where it should, or ends: in peace after a rotation, at once after a refusal. */
  async #recheck(tenant: string): Promise<void> {
    try {
      const connection = await this.#store.connection(tenant);
      for (const mode of modes) {
        const { key, group } = this.#wanted(connection, mode);
        this.#handles.retire(group, key);
        if (connection.context) this.#handles.retire(`${ownGroup(tenant)} ${mode}`, null);
      }
    } catch (error) {
      // Nobody new is let in meanwhile.
      if (!isFreeholdError(error) || error.code === "unavailable") return;
      this.#uses.endOf(tenant, error);
      for (const mode of modes) this.#handles.retire(`${ownGroup(tenant)} ${mode}`, null);
    }
  }

  #isOpen(tenant: string): boolean {
    return modes.some((mode) => this.#handles.has(`${ownGroup(tenant)} ${mode}`));
  }
}

/** What changes is heard within this. */
const newsMs = 1_000;

const modes = ["read", "write"] as const;
type Mode = (typeof modes)[number];

const ownGroup = (tenant: string) => `tenant ${tenant}`;

/** A session of Postgres is for reading from its start; a request of libSQL is for reading by itself. */
const modeOf = ({ driver }: TenantConnection, isReadOnly: boolean): Mode =>
  isReadOnly && driver === "postgres" ? "read" : "write";

/** A service needs only the client of the databases that its tenants have. */
async function open(connection: TenantConnection, options: OpeningOptions, mode: Mode): Promise<Handle> {
  if (connection.driver !== "postgres") return (await import("./open-libsql.ts")).openLibsql(connection);
  const { openPostgres } = await import("./open-postgres.ts");
  return openPostgres(connection, options, mode === "read");
}

function idOf(whose: Whose | undefined): string {
  if (typeof whose === "string") return whose;
  // In plain JavaScript, the handler of a request that was not resolved.
  if (!whose)
    throw new TypeError("No tenant: the TenantContext of a request or the id of a tenant is needed.");
  if (whose.authenticated) return whose.tenant;
  throw new FreeholdError("unauthenticated", "Nobody has proven whose request this is.");
}

const unreachable = (cause: unknown) =>
  new FreeholdError("unavailable", "The tenant's database is not available.", { cause });
