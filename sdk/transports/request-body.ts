import type { IncomingMessage } from "node:http";
import { FreeholdError } from "../errors/freehold-error.ts";
import { digestOf, emptyDigest } from "../tokens/body-digest.ts";

/** The longest body, in bytes, that a signed context may cover unless a transport is told otherwise: 1 MiB. */
export const longestBody = 1024 * 1024;

/**
 * The digest of the body of a request of `node:http`, which its handler can still read from the
 * start. Throws FreeholdError `invalid` for a body over `mostBytes` and for one that breaks off, and
 * an Error when somebody has read it before and left no `rawBody`.
 */
export async function digestOfMessage(request: IncomingMessage, mostBytes: number): Promise<string> {
  if (!mayHaveBody(request)) return emptyDigest;
  if (Number(request.headers["content-length"]) > mostBytes) throw tooLong(mostBytes);
  if (request.readableDidRead || request.readableEnded) return digestOfRead(request, mostBytes);
  return digestOf(await peekBody(request, mostBytes));
}

/** The same for a Fetch request: it is cloned, and the original can still be read. */
export async function digestOfRequest(request: Request, mostBytes: number): Promise<string> {
  if (request.body === null) return emptyDigest;
  if (request.bodyUsed) throw readBefore();
  if (Number(request.headers.get("content-length")) > mostBytes) throw tooLong(mostBytes);
  return digestOf(await readAll(request.clone(), mostBytes));
}

/** All bytes of a Fetch body, `mostBytes` at most: FreeholdError `invalid` otherwise. */
export async function readAll(from: Request, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = from.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const read = await reader?.read().catch(brokenOff);
    if (!read || read.done) return Buffer.concat(chunks);
    chunks.push(read.value);
    size += read.value.length;
    // The reader is left as it is: cancelling one of two clones waits for the other.
    if (size > mostBytes) throw tooLong(mostBytes);
  }
}

function mayHaveBody({ httpVersionMajor, headers }: IncomingMessage): boolean {
  if (httpVersionMajor > 1 || headers["transfer-encoding"] !== undefined) return true;
  return headers["content-length"] !== undefined && headers["content-length"] !== "0";
}

function digestOfRead(request: IncomingMessage, mostBytes: number): string {
  const kept: unknown = Reflect.get(request, "rawBody");
  if (!(kept instanceof Uint8Array)) throw readBefore();
  if (kept.length > mostBytes) throw tooLong(mostBytes);
  return digestOf(kept);
}

function peekBody(request: IncomingMessage, mostBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = () => {
      request.off("readable", take).off("end", finish).off("close", breakOff).off("error", breakOff);
    };
    const finish = () => {
      stop();
      const body = Buffer.concat(chunks);
      // The end is told on the next tick and only of an empty buffer: what goes back now is there before it.
      if (size > 0) request.unshift(body);
      resolve(body);
    };
    const breakOff = (cause?: unknown) => {
      stop();
      reject(new FreeholdError("invalid", "The body broke off.", { cause }));
    };
    const take = () => {
      while (request.readableLength > 0 && size <= mostBytes) {
        const chunk: Buffer = request.read();
        chunks.push(chunk);
        size += chunk.length;
      }
      if (size > mostBytes) {
        stop();
        reject(tooLong(mostBytes));
      } else if (request.complete) finish();
    };
    request.on("readable", take).on("end", finish).on("close", breakOff).on("error", breakOff);
  });
}

function brokenOff(cause: unknown): never {
  throw new FreeholdError("invalid", "The body broke off.", { cause });
}

function tooLong(mostBytes: number): FreeholdError {
  return new FreeholdError("invalid", `A body that a signed context covers has at most ${mostBytes} bytes.`);
}

function readBefore(): Error {
  return new Error("The body was read before the tenant was resolved: resolve first, or keep it as rawBody.");
}
