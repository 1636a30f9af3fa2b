import { StatusDot } from "@/components/ui/status-dot";
import type { ClusterState } from "@/server/domain/clusters/names";
import { stateLooks } from "./cluster-words";

interface ClusterStateDotProps {
  state: ClusterState;
  /** Why it is offline, on hover. */
  reason?: string;
}

export function ClusterStateDot({ state, reason }: ClusterStateDotProps) {
  const { tone, word, meaning } = stateLooks[state];
  return (
    <StatusDot tone={tone} title={reason || meaning}>
      {word}
    </StatusDot>
  );
}
