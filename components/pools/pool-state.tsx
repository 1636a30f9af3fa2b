import { StatusDot } from "@/components/ui/status-dot";
import type { PoolState } from "@/server/domain/pools/names";
import { poolLooks } from "./pool-words";

interface PoolStateDotProps {
  state: PoolState;
  /** Why it failed, on hover. */
  reason?: string;
}

export function PoolStateDot({ state, reason }: PoolStateDotProps) {
  const { tone, word, meaning, pulse = false } = poolLooks[state];
  return (
    <StatusDot tone={tone} pulse={pulse} title={reason || meaning}>
      {word}
    </StatusDot>
  );
}
