import { newId } from "@/server/kernel/ids";
import { problemResponse } from "@/server/api/rest/problem";

/** What the work answers, or the problem document of what it threw. */
export async function answer(work: (requestId: string) => Promise<Response>): Promise<Response> {
  const requestId = newId();
  const response = await work(requestId).catch((error: unknown) => problemResponse(error, requestId));
  response.headers.set("x-content-type-options", "nosniff");
  if (!response.ok && response.status !== 304) response.headers.set("cache-control", "no-store");
  return response;
}

/** A body with its entity tag, or 304 to who has it already. Services ask again each time. */
export function tagged(
  request: Pick<Request, "headers">,
  { etag, body }: { etag: string; body: string },
  more: Record<string, string> = {},
): Response {
  const headers = { etag, "cache-control": "private, no-cache", "content-type": "application/json", ...more };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(body, { headers });
}
