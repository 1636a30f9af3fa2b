import type { RefusalCode } from "../errors/refusal-code.ts";
import type { HintSource } from "./hint.ts";

export type Verdict =
  /** The first trusted source in the order: the tenant is the one that it names. */
  | "decides"
  /** Names the same tenant. */
  | "agrees"
  /** Not looked at, and why. */
  | "ignored"
  /** Names another tenant: the request is refused. */
  | "contradicts"
  /** There, and not in the one form that is taken: the request is refused. */
  | "malformed"
  /** Well formed, and no tenant has it. */
  | "unknown"
  /** Names a tenant that serves nobody at the moment. */
  | "inactive"
  /** Cannot decide: its sender is not proven. */
  | "untrusted";

export interface ExplainedHint {
  source: HintSource;
  label: string;
  /** What it said, at most 120 characters, with what is not printable escaped. */
  saw: readonly string[];
  trusted: boolean;
  because: string;
  verdict: Verdict;
  /** The tenant that it names, when one does. */
  tenant: string | null;
  /** One sentence. */
  reason: string;
}

/** How a request came to its tenant, or why it came to none: every hint in the order of the policy. */
export interface Explanation {
  policy: string;
  hints: readonly ExplainedHint[];
  outcome:
    | { tenant: string; decidedBy: HintSource; authenticated: boolean }
    | { refused: RefusalCode; message: string };
}
