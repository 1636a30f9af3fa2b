import type { Lease, Loaded } from "./journal";

export interface Hands {
  /** True while another operation may be taken. */
  areFree(): boolean;
  /** Keeps a hand free for an operation that is about to be committed; given back after a second. */
  reserve(): boolean;
  /** Begins with what a hand was reserved for. */
  startReserved(lease: Lease, operation: Loaded): void;
  start(lease: Lease): void;
  leases(): Lease[];
  /** Resolves when what is running now has ended. */
  rest(): Promise<void>;
}

/** So many operations at once and no more. `run` never rejects; `freed` is called after each. */
export function createHands(
  count: number,
  run: (lease: Lease, known?: Loaded) => Promise<void>,
  freed: () => void,
): Hands {
  const running = new Map<Lease, Promise<void>>();
  const reserved = new Set<NodeJS.Timeout>();

  function start(lease: Lease, known?: Loaded): void {
    const done = run(lease, known).finally(() => {
      running.delete(lease);
      freed();
    });
    running.set(lease, done);
  }

  const areFree = () => running.size + reserved.size < count;
  return {
    areFree,
    reserve() {
      if (!areFree()) return false;
      const timer = setTimeout(() => reserved.delete(timer), 1000);
      reserved.add(timer);
      return true;
    },
    startReserved(lease, operation) {
      const [timer] = reserved;
      clearTimeout(timer);
      if (timer) reserved.delete(timer);
      start(lease, operation);
    },
    start: (lease) => start(lease),
    leases: () => [...running.keys()],
    async rest() {
      await Promise.all(running.values());
    },
  };
}
