import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { countingRoundTrips } from "@/server/db/round-trips";
import { readBytes } from "./body";
import { createContext } from "./context";
import { appRouter } from "./root";

const maxBatch = 20;

/** The console's own door: tRPC over fetch, JSON bodies only. */
export async function handleTrpc(request: Request): Promise<Response> {
  const isJson = /^application\/json\b/.test(request.headers.get("content-type") ?? "");
  if (request.method === "POST" && !isJson) {
    return Response.json({ code: "invalid", message: "Send JSON." }, { status: 415 });
  }
  const req = request.method === "POST" ? await withinLimit(request) : request;
  if (!req)
    return Response.json({ code: "invalid", message: "The body is larger than 1 MB." }, { status: 413 });
  const tally = { count: 0 };
  const response = await countingRoundTrips(tally, () =>
    fetchRequestHandler({
      endpoint: "/api/trpc",
      req,
      router: appRouter,
      maxBatchSize: maxBatch,
      createContext: () => createContext(request.headers, "console"),
    }),
  );
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    response.headers.set("server-timing", `sql;desc="${tally.count} round trips"`);
  }
  response.headers.set("cache-control", "no-store");
  return response;
}

/** The same request with its body read, or null when that is too large. */
async function withinLimit(request: Request): Promise<Request | null> {
  const body = await readBytes(request);
  return (
    body &&
    new Request(request.url, { method: "POST", headers: request.headers, body, signal: request.signal })
  );
}
