import { StatusDot } from "@/components/ui/status-dot";
import type { OperationStatus } from "@/server/domain/operations/names";
import { operationLook } from "./operation-words";

export function OperationStatusDot({ status }: { status: OperationStatus }) {
  const { tone, word, pulse = false } = operationLook(status);
  return (
    <StatusDot tone={tone} pulse={pulse}>
      {word}
    </StatusDot>
  );
}
