import { logger } from "@/server/kernel/logger";
import { problemOf, refusalOf } from "./refusal";

/** A reply of any server's. */
interface Answerable {
  request: { id: string };
  code(status: number): unknown;
  headers(values: Record<string, string>): unknown;
  send(body: Buffer): unknown;
}

/** Sends the problem document; gives its code. */
export function refuse(error: unknown, reply: Answerable): string {
  const refusal = refusalOf(error);
  if (refusal.code === "internal") logger.error({ err: error, request: reply.request.id }, "request failed");
  const { body, headers } = problemOf(refusal, reply.request.id);
  reply.code(refusal.status);
  reply.headers(headers);
  // Bytes: what is text gets a charset, which a problem document does not have.
  reply.send(Buffer.from(body));
  return refusal.code;
}
