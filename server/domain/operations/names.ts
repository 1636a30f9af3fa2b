export const operationStatuses = ["queued", "running", "undoing", "succeeded", "failed"] as const;
export type OperationStatus = (typeof operationStatuses)[number];

/** It is waiting for a worker, at work, or being taken back. */
export function isUnfinished(status: OperationStatus): boolean {
  return status === "queued" || status === "running" || status === "undoing";
}
