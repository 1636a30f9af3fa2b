import type { Explanation } from "./explanation.ts";
import type { HintSource } from "./hint.ts";

/** Who did it originally: it stays the same through all services that a request passes. */
export interface Subject {
  /** "user", "service", "system", … */
  kind: string;
  id: string;
}

/**
 * Whose request, call or message this is. Handed on as an argument; a program that keeps it in
 * ambient state gets it wrong in queues, emitters and memoised promises.
 */
export interface TenantContext {
  /** The environment's UUID. */
  readonly tenant: string;
  readonly organization: string;
  readonly environment: string;
  /** Goes up with every change of the tenant's facts. */
  readonly epoch: number;
  readonly decidedBy: HintSource;
  /** False when only an untrusted hint such as the host named it: good for a sign-in page, not for data. */
  readonly authenticated: boolean;
  readonly subject: Subject | null;
  readonly explanation: Explanation;
}
