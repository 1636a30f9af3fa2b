import { TRPCError } from "@trpc/server";
import { toPublicError } from "./errors";

/** For pages that show a refusal in place instead of the error page. Bugs still surface as such. */
export async function attempt<T>(
  query: Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; message: string }> {
  try {
    return { ok: true, value: await query };
  } catch (error) {
    if (!(error instanceof TRPCError) || error.code === "INTERNAL_SERVER_ERROR") throw error;
    return { ok: false, message: toPublicError(error).message };
  }
}
