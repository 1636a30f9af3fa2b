import type { IncomingMessage, ServerResponse } from "node:http";
import { logger } from "@/server/kernel/logger";
import type { AccessBook } from "./access";
import { admit } from "./admit";
import { bearerOf } from "./bearer";
import { batonOf, readBody } from "./read-body";
import { RequestError } from "./request-error";
import { routeOf, type Route } from "./route";
import type { Scheduler } from "./scheduler";
import { closed, type Stream, type Streams } from "./streams";
import type { UsageCollector } from "./usage";

export interface Doors {
  book: AccessBook;
  scheduler: Scheduler;
  usage: UsageCollector;
}

/** Answers one request of HTTP, whatever becomes of it. */
export async function answerRequest(
  doors: Doors,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const route = routeOf(request);
    if (route.name === "pipeline" || route.name === "cursor")
      return await converse(doors, route, request, response);
    give(response, 200, route.name === "health" ? '{"status":"ok"}' : "{}");
  } catch (error) {
    refuse(response, error);
  }
}

type Conversation = Extract<Route, { target: unknown }>;

async function converse(
  { book, scheduler, usage }: Doors,
  { name, target }: Conversation,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const token = bearerOf(request);
  const access = await admit(book, target, token);
  const body = await readBody(request);
  const baton = batonOf(body);
  const { streams } = scheduler;
  const stream = baton === null ? streams.open(access, target, token) : await streams.resume(baton, access);
  const { promise, resolve } = Promise.withResolvers<void>();
  stream.turn = promise;
  stream.isBusy = true;
  try {
    const sizeBytes = await runIn(scheduler, stream, { name, body, response });
    usage.note(access, sizeBytes);
  } catch (error) {
    scheduler.end(stream, error instanceof RequestError ? error : closed);
    throw error;
  } finally {
    stream.isBusy = false;
    stream.usedAt = performance.now();
    resolve();
  }
}

interface Turn {
  name: "pipeline" | "cursor";
  body: Buffer;
  response: ServerResponse;
}

/** Gives the size of the database. */
async function runIn(scheduler: Scheduler, stream: Stream, { name, body, response }: Turn): Promise<number> {
  const { streams } = scheduler;
  const onPart = name === "cursor" ? giveParts(streams, stream, response) : noParts;
  const { report, body: text } = await scheduler.run({ stream, kind: name, body, onPart });
  if (report.type !== "done") {
    if (report.type === "busy") throw new Error("An executor was busy after the last attempt.");
    throw new RequestError(report.code, report.message, report.status);
  }
  if (name === "cursor") {
    onPart(text);
    response.end();
    return report.sizeBytes;
  }
  if (report.state === "closed") streams.end(stream, closed);
  const next = report.state === "closed" ? "null" : JSON.stringify(streams.handOut(stream));
  giveResults(response, `{"baton":${next},"base_url":null,"results":`, text);
  return report.sizeBytes;
}

/** Passes a cursor on as it comes. Its first line has the baton, which is handed out before the end is known. */
function giveParts(streams: Streams, stream: Stream, response: ServerResponse): (bytes: Buffer) => void {
  return (bytes) => {
    if (!response.headersSent) {
      const baton = JSON.stringify(streams.handOut(stream));
      response.writeHead(200, { "content-type": "application/json" });
      response.write(`{"baton":${baton},"base_url":null}\n`);
    }
    response.write(bytes);
  };
}

/** A pipeline is answered as a whole. */
const noParts = (): void => {};

const shortest = 16 * 1024;
const end = Buffer.from("}");

/** A short text goes out with the headers in one piece, a long one as the bytes that it is. */
function giveResults(response: ServerResponse, before: string, results: Buffer): void {
  if (results.length < shortest) give(response, 200, `${before}${results.toString()}}`);
  else give(response, 200, Buffer.concat([Buffer.from(before), results, end]));
}

function give(response: ServerResponse, status: number, body: string | Buffer): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

function refuse(response: ServerResponse, error: unknown): void {
  const told = error instanceof RequestError ? error : internal();
  if (told !== error) logger.error({ err: error }, "A request failed");
  const { code, message, status } = told;
  if (response.headersSent) {
    response.end(`${JSON.stringify({ type: "error", error: { message, code } })}\n`);
    return;
  }
  if (status === 401) response.setHeader("www-authenticate", "Bearer");
  // What is left of the request is not read, so the connection cannot be used again.
  if (!response.req.complete) response.setHeader("connection", "close");
  give(response, status, JSON.stringify({ message, code }));
}

const internal = () =>
  new RequestError("INTERNAL_ERROR", "Something went wrong on our side. Try again.", 500);
