import { explain, type ApiError } from "./explain";

/** A failed call as dialogs and forms show it; null when nothing failed. */
export function refusalOf(error: ApiError | null): { message: string; requestId?: string } | null {
  if (!error) return null;
  const { message, requestId } = explain(error);
  return { message, ...(requestId ? { requestId } : {}) };
}
