import { identify } from "@/server/auth/identify";
import type { ApiContext } from "@/server/api/context";
import { appRouter } from "@/server/api/root";
import { createCallerFactory } from "@/server/api/trpc";
import { logger } from "@/server/kernel/logger";
import { withSnakeKeys } from "./keys";

const createCaller = createCallerFactory(appRouter);
const keepAliveMs = 15_000;
const encoder = new TextEncoder();

/**
 * Server-sent events: the operation now and each time it has moved, until it has ended.
 * A caller who may not see it gets the refusal as an ordinary answer; a key that is
 * revoked in the meantime ends the stream.
 */
export async function streamOperation(
  ctx: ApiContext,
  operation: string,
  signal: AbortSignal,
): Promise<Response> {
  const gone = new AbortController();
  const until = AbortSignal.any([signal, gone.signal]);
  const moves = (await createCaller(ctx, { signal: until }).operations.watch({ operation }))[
    Symbol.asyncIterator
  ]();
  const first = await moves.next();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const keepAlive = setInterval(
        () => controller.enqueue(encoder.encode(": still here\n\n")),
        keepAliveMs,
      );
      try {
        for (let move = first; !move.done && !until.aborted; move = await moves.next()) {
          if (!(await identify(ctx.db, ctx.headers))) break;
          controller.enqueue(
            encoder.encode(`event: operation\ndata: ${JSON.stringify(withSnakeKeys(move.value))}\n\n`),
          );
        }
      } catch (error) {
        logger.error({ err: error, operation, request: ctx.requestId }, "event stream ended early");
      } finally {
        clearInterval(keepAlive);
        if (!gone.signal.aborted) controller.close();
      }
    },
    cancel: () => gone.abort(),
  });
  return new Response(body, {
    headers: { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" },
  });
}
