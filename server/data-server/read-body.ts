import type { IncomingMessage } from "node:http";
import { RequestError } from "./request-error";

export const mostBodyBytes = 4 * 1024 * 1024;

const tooLarge = () =>
  new RequestError(
    "REQUEST_TOO_LARGE",
    `A request has at most ${mostBodyBytes} bytes. Send it in parts.`,
    413,
  );

/** The body of a request, of at most four megabytes. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > mostBodyBytes) return Promise.reject(tooLarge());
  if ((request.headers["content-encoding"] ?? "identity") !== "identity") {
    const refusal = new RequestError("UNSUPPORTED_ENCODING", "Send the body without compression.", 415);
    return Promise.reject(refusal);
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size <= mostBodyBytes) return;
      request.pause();
      reject(tooLarge());
    });
    request.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once("error", reject);
    request.once("close", () => {
      if (!request.complete)
        reject(new RequestError("REQUEST_ABORTED", "The request was not sent to its end."));
    });
  });
}

const asObject = (value: unknown) => value as { baton?: unknown };

/** The baton of a body. All else in it is the executor's matter. */
export function batonOf(body: Buffer): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch {
    throw new RequestError("HRANA_PROTO_ERROR", "The body is not valid JSON.");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new RequestError("HRANA_PROTO_ERROR", "The body must be an object.");
  return asObject(parsed).baton ?? null;
}
