import type { TenantContext } from "../resolution/tenant-context.ts";
import { problemOf } from "./refusal.ts";
import type { TenantLifetimes } from "./tenant-lifetimes.ts";

export interface ServerSentEvent {
  event?: string;
  id?: string;
  data: string;
}

/** The headers of a response that carries server-sent events. */
export const eventHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/event-stream",
  "cache-control": "no-store",
};

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Server-sent events of one tenant, as a byte stream for `new Response(stream, { headers: eventHeaders })`
 * or, through `Readable.fromWeb`, for `node:http`. It ends with its events, with its reader, and with
 * the tenant: then the last event is `refused`, with the problem document as data. `events` is given
 * a signal that aborts when nobody waits for more, as `on(emitter, "changed", { signal })` takes it.
 */
export function eventStream(
  { tenant }: TenantContext,
  lifetimes: TenantLifetimes,
  events: (signal: AbortSignal) => AsyncIterable<ServerSentEvent>,
): ReadableStream<Bytes> {
  const lifetime = lifetimes.follow(tenant);
  const over = new AbortController();
  const written = events(over.signal)[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const stop = () => {
    lifetime.release();
    over.abort();
    // An iterator may be waiting for its next event: it ends when it likes, and nobody hears of it.
    void written.return?.().catch(() => {});
  };
  return new ReadableStream({
    start(controller) {
      lifetime.signal.addEventListener("abort", () => {
        const data = problemOf(lifetime.signal.reason)?.body ?? "";
        controller.enqueue(encoder.encode(write({ event: "refused", data })));
        controller.close();
        stop();
      });
    },
    async pull(controller) {
      try {
        const next = await written.next();
        if (over.signal.aborted) return;
        if (!next.done) return controller.enqueue(encoder.encode(write(next.value)));
        controller.close();
      } catch (error) {
        if (over.signal.aborted) return;
        controller.error(error);
      }
      stop();
    },
    cancel: stop,
  });
}

/**
 * Any other long response of one tenant: passes bytes on until the tenant ends, and then breaks off
 * with the refusal, so that nobody takes the response for whole.
 */
export function endWithTenant(
  { tenant }: TenantContext,
  lifetimes: TenantLifetimes,
  body: ReadableStream<Bytes>,
): ReadableStream<Bytes> {
  const { signal, release } = lifetimes.follow(tenant);
  const passing = new TransformStream<Bytes, Bytes>();
  body.pipeTo(passing.writable, { signal }).then(release, release);
  return passing.readable;
}

// A line break would begin a field of its own, in the name and the id too.
function write({ event, id, data }: ServerSentEvent): string {
  const fields = [
    ...(event === undefined ? [] : [`event: ${oneLine(event)}`]),
    ...(id === undefined ? [] : [`id: ${oneLine(id)}`]),
    ...data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`),
  ];
  return `${fields.join("\n")}\n\n`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\0]/g, " ");
}
