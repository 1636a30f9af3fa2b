import { explain, type ApiError } from "./explain";

export interface Refusal {
  /** What did not work and what to do. */
  message: string;
  requestId?: string;
}

/** A failed call as dialogs and forms show it; null when nothing failed. */
export function refusalOf(error: ApiError | null): Refusal | null {
  if (!error) return null;
  const { message, requestId } = explain(error);
  return { message, ...(requestId ? { requestId } : {}) };
}
