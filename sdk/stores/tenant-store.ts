import type { TenantReference } from "../resolution/hint.ts";

export type TenantStatus =
  "provisioning" | "active" | "suspended" | "archived" | "failed" | "moving" | "deleted" | "deleting";

/** What the catalog says of a tenant. */
export interface TenantEntry {
  tenant: string;
  organization: string;
  environment: string;
  status: TenantStatus;
  /** Goes up with every change of these facts. */
  epoch: number;
  isolation: "dedicated" | "shared";
  driver: "sqlite" | "turso" | "postgres";
  region: string;
}

/** Knows tenants. Several make one, see `composite-store.ts`. */
export interface TenantStore {
  /** Null: no such tenant. Throws `unavailable` when it can neither say yes nor no. */
  find(reference: TenantReference): Promise<TenantEntry | null>;
  /**
   * The same at once when it is known here and now, `undefined` when it has to be asked for.
   * What costs a microsecond must not cost a turn of the event loop.
   */
  peek(reference: TenantReference): TenantEntry | null | undefined;
  close(): Promise<void>;
}

/** How to reach a tenant's database: the answer of `GET /internal/tenants/{tenant}/db-info`. */
export interface TenantConnection {
  tenant: string;
  isolation: "dedicated" | "shared";
  driver: "sqlite" | "turso" | "postgres";
  region: string;
  url: string;
  credential: {
    id: string;
    generation: number;
    scope: "readonly" | "readwrite" | "admin";
    username: string | null;
    secret: string;
    expiresAt: Date | null;
  };
  /** In a pool: what a tenant's contexts are signed with. */
  context: { credentialId: string; key: string; longestSeconds: number } | null;
  /** Installed versions by the name of the package. */
  schemaVersions: Readonly<Record<string, string>>;
  limits: { statementMs: number; rows: number; resultBytes: number; sizeMb: number };
  epoch: number;
}

/** Knows where tenants live. */
export interface ConnectionStore {
  /** Throws `not_found`, `tenant_inactive`, `unavailable`. */
  connection(tenant: string): Promise<TenantConnection>;
  /** The same at once when it is known here and now; `null`: not in this store; `undefined`: ask. */
  peekConnection(tenant: string): TenantConnection | null | undefined;
  /** What is known of the tenant's connection is doubtful: it is asked for before it is given again. */
  doubt(tenant: string): void;
  /** Calls back when facts about a tenant have changed; `null`: about any. Gives what ends it. */
  onChange(changed: (tenant: string | null) => void): () => void;
}
