import type { CredentialScope } from "@/server/drivers/driver";
import type { Limits } from "./access";

/** What the server tells an executor. The body of a `run` is the request's own. */
export type Command =
  | {
      type: "run";
      kind: "pipeline" | "cursor";
      stream: number;
      database: string;
      tenant: string;
      scope: CredentialScope;
      limits: Limits;
      /** True when the executor may answer `busy` instead of the error, to be asked again. */
      patient: boolean;
    }
  | { type: "end"; stream: number }
  | { type: "forget"; database: string };

export type RunCommand = Extract<Command, { type: "run" }>;

/**
 * How a stream stands after a request. `closed`: the client closed it. `free`: any executor may go
 * on with it. `held`: it has a transaction or the like in this executor.
 */
export type StreamState = "closed" | "free" | "held";

/** What an executor tells the server. The body of `part` and `done` goes to the client as it is. */
export type Report =
  | { type: "ready" }
  /** A statement ended and another one begins. */
  | { type: "beat" }
  | { type: "part" }
  /** `dropped` are databases of which the executor has no handle any more. */
  | { type: "done"; state: StreamState; sizeBytes: number; dropped: string[] }
  /** A writer holds the database, and nothing of the request has been done. */
  | { type: "busy"; dropped: string[] }
  | { type: "refused"; code: string; message: string; status: number; state: StreamState; dropped: string[] };

/** The server's answer to a request comes from one executor alone, so order is all the protocol it needs. */
export type FinalReport = Exclude<Report, { type: "ready" | "beat" | "part" }>;
