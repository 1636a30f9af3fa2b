import type { TRPCClientErrorLike } from "@trpc/client";
import type { AppRouter } from "@/server/api/root";

export type ApiError = TRPCClientErrorLike<AppRouter>;

export const unreachable = "Freehold cannot be reached. Check your connection, then try again.";

/** What a failed call says: a sentence, the fields that it concerns, and the request's id. */
export function explain(error: ApiError): {
  message: string;
  requestId: string | null;
  fields: { path: string; message: string }[];
} {
  const { data } = error;
  if (!data)
    return {
      message: unreachable,
      requestId: null,
      fields: [],
    };
  return { message: error.message, requestId: data.requestId, fields: data.fields };
}
