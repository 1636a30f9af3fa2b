import { TRPCError } from "@trpc/server";
import { pageContext } from "./context";
import { toPublicError, type PublicError } from "./errors";
import { appRouter } from "./root";
import { createCallerFactory } from "./trpc";

const createCaller = createCallerFactory(appRouter);
type Caller = ReturnType<typeof createCaller>;

export type ActionResult<T> =
  { ok: true; value: T } | { ok: false; error: PublicError & { requestId: string } };

/**
 * Runs a server action through the same procedures as every other call, with the same
 * checks of caller and origin. An action can be posted to any address, so nothing else
 * may stand before it.
 */
export async function act<T>(work: (api: Caller) => Promise<T>): Promise<ActionResult<T>> {
  const ctx = await pageContext();
  try {
    return { ok: true, value: await work(createCaller(ctx)) };
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return { ok: false, error: { ...toPublicError(error), requestId: ctx.requestId } };
  }
}
