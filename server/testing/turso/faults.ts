export const faultKinds = ["before", "after", "hang", "duplicate"] as const;

/**
 * `before`: an error, and nothing was done. `after`: it was done, and the answer is an error.
 * `hang`: it was done, and no answer comes. `duplicate`: done twice, and the second answer counts.
 */
export type FaultKind = (typeof faultKinds)[number];

export interface Faults {
  /** The request after so many others, counted from now, meets this fault, once. */
  at(index: number, kind: FaultKind): void;
  /** Takes it back; true when a request had met it. */
  disarm(): boolean;
  /** So many requests from now on are answered with 429. */
  slowDown(times: number, retryAfter: string): void;
  /** Requests since the last call. */
  count(): number;
  /** Answers a request, or not. */
  pass(answer: () => Promise<Answer>): Promise<Answer | "silence">;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export const failed = (status: number, error: string, headers?: Record<string, string>): Answer => ({
  status,
  body: { error },
  ...(headers ? { headers } : {}),
});

export function createFaults(): Faults {
  let passed = 0;
  let armed: { index: number; kind: FaultKind } | null = null;
  let slow = { times: 0, retryAfter: "" };

  async function meet(kind: FaultKind, answer: () => Promise<Answer>): Promise<Answer | "silence"> {
    const broken = failed(500, "internal error");
    if (kind === "before") return broken;
    await answer();
    if (kind === "after") return broken;
    return kind === "hang" ? "silence" : answer();
  }

  return {
    at(index, kind) {
      passed = 0;
      armed = { index, kind };
    },
    disarm() {
      const wasMet = armed === null;
      armed = null;
      return wasMet;
    },
    slowDown(times, retryAfter) {
      slow = { times, retryAfter };
    },
    count() {
      const counted = passed;
      passed = 0;
      return counted;
    },
    async pass(answer) {
      const index = passed++;
      if (slow.times > 0) {
        slow.times -= 1;
        return failed(429, "too many requests", { "retry-after": slow.retryAfter });
      }
      if (armed?.index !== index) return answer();
      const { kind } = armed;
      armed = null;
      return meet(kind, answer);
    },
  };
}
