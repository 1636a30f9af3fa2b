import type { CredentialScope } from "@/server/drivers/driver";
import type { EnvironmentId } from "@/server/kernel/ids";
import type { Secret } from "@/server/kernel/secret";

export interface Limits {
  /** How long one statement may run. */
  statementMs: number;
  /** Rows of one result. */
  rows: number;
  /** Bytes of one answer, whatever number of results it holds. */
  resultBytes: number;
  /** How large the database may grow. */
  sizeMb: number;
  /** What one request may take up in memory beyond what an executor takes anyway. */
  memoryMb: number;
}

/** What a token opens, and how far. */
export interface Access {
  tenant: EnvironmentId;
  databaseName: string;
  credentialId: string;
  scope: CredentialScope;
  expiresAt: Date | null;
  limits: Limits;
}

/** Which database a request names. A database is named as `env_<hex>` or by its tenant's UUID. */
export type Target = { database: string } | { hostname: string };

export interface Usage {
  tenant: EnvironmentId;
  credentialId: string;
  at: Date;
  sizeBytes: number;
}

/** All that the data server has to know of the control plane. */
export interface AccessBook {
  /**
   * Which database this token opens. Asked with every request, so it should answer from memory.
   * Throws DomainError: `unauthenticated` for an unknown, expired or revoked token, `not_found`,
   * `tenant_inactive`.
   */
  find(target: Target, token: Secret): Promise<Access>;
  /**
   * Calls back when facts about a tenant changed: open streams of it are checked again, and ended
   * when the answer is a refusal now. Gives what ends the watching.
   */
  watch(changed: (tenant: EnvironmentId | "all") => void): () => void;
  /** Told every few seconds who used what, and how large the files are: one sample per tenant and credential. */
  used(samples: Usage[]): Promise<void>;
}
