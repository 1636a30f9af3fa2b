import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { Agent, type Dispatcher } from "undici";

/** An upstream's answer, whose body goes straight to the client's response. */
export interface Answer {
  statusCode: number;
  headers: IncomingHttpHeaders;
  body: AnswerBody;
}

export interface UpstreamClient {
  /** Sends one request, once. Calls back with the answer's head, and in the same moment its body has to be taken. */
  request(
    options: Dispatcher.DispatchOptions,
    answered: (error: Error | null, answer?: Answer) => void,
  ): void;
  close(): Promise<void>;
}

/** Keeps connections to upstreams. `patienceMs` bounds connecting and the wait for an answer's head. */
export function createUpstreamClient(patienceMs: number): UpstreamClient {
  const agent = new Agent({
    connections: 256,
    pipelining: 1,
    headersTimeout: patienceMs,
    bodyTimeout: 300_000,
    connect: { timeout: Math.min(patienceMs, 5_000) },
  });
  return {
    request(options, answered) {
      let body: AnswerBody | null = null;
      agent.dispatch(options, {
        onRequestStart() {},
        onResponseStart(controller, statusCode, headers) {
          if (statusCode < 200) return;
          body = new AnswerBody(controller);
          // Its length is that of another answer, which the client below waits for and gives up.
          if (isBodiless(statusCode)) body.end();
          answered(null, { statusCode, headers, body });
        },
        onResponseData: (_controller, chunk) => body?.write(chunk),
        onResponseEnd: () => body?.end(),
        onResponseError(_controller, error) {
          if (body) body.fail();
          else answered(error);
        },
      });
    },
    close: () => agent.destroy(),
  };
}

const isBodiless = (status: number) => status === 204 || status === 304;

/**
 * The bytes of an answer on their way. A stream between the two sockets would cost as much as all
 * else that happens to a small answer.
 */
export class AnswerBody {
  readonly #controller: Dispatcher.DispatchController;
  #response: ServerResponse | null = null;
  #hasBegun = false;
  #hasEnded = false;

  constructor(controller: Dispatcher.DispatchController) {
    this.#controller = controller;
  }

  /** The response's head is written. A reader that is slower than the upstream holds it back. */
  sendTo(response: ServerResponse): void {
    if (response.destroyed) return this.destroy();
    this.#response = response;
    if (this.#hasEnded) response.end();
    response.on("drain", () => this.#controller.resume()).once("close", () => this.destroy());
    // Whoever waits for events learns at once that they will come.
    setImmediate(() => {
      if (!this.#hasBegun && !response.destroyed) response.flushHeaders();
    });
  }

  /** Nobody wants the rest. */
  destroy(): void {
    if (!this.#hasEnded) this.#controller.abort(new Error("The client is gone."));
  }

  write(chunk: Uint8Array): void {
    this.#hasBegun = true;
    if (this.#response?.write(chunk) === false) this.#controller.pause();
  }

  end(): void {
    if (this.#hasEnded) return;
    this.#hasBegun = true;
    this.#hasEnded = true;
    this.#response?.end();
  }

  /** It breaks off: the client is to see that it is not whole. */
  fail(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#response?.destroy();
  }
}
