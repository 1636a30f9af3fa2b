import { z } from "zod";
import { getDbInfo } from "@/server/connect/db-info";
import { identifyService } from "@/server/connect/identify-service";
import { listChanges } from "@/server/connect/list-changes";
import { controlDb } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { problemResponse } from "@/server/api/rest/problem";

/** `GET /internal/tenants/{tenant}/db-info`: where a tenant lives and a credential for it. */
export function handleDbInfo(request: Request, tenant: string): Promise<Response> {
  return answer(async () => {
    const db = await controlDb();
    const service = await identifyService(db, request.headers, "connect");
    const { etag, body } = await getDbInfo(db, service, tenant);
    const headers = { etag, "cache-control": "private, no-cache", "content-type": "application/json" };
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
    return new Response(body, { headers });
  });
}

const whole = (most: number) => z.coerce.number().int().min(0).max(most);
const Query = z.strictObject({
  since: whole(Number.MAX_SAFE_INTEGER).optional(),
  wait: whole(60).default(25),
});

/** `GET /internal/tenants/changes`: which tenants changed after `since`; waits up to `wait` seconds for the first. */
export function handleChanges(request: Request): Promise<Response> {
  return answer(async () => {
    const db = await controlDb();
    await identifyService(db, request.headers, "changes");
    const query = Query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!query.success)
      throw new DomainError(
        "invalid",
        "Ask with since (a number) and wait (0 to 60 seconds), both optional.",
      );
    const { since = null, wait } = query.data;
    const found = await listChanges(db, { since, waitSeconds: wait }, request.signal);
    return Response.json(found, { headers: { "cache-control": "no-store" } });
  });
}

async function answer(work: () => Promise<Response>): Promise<Response> {
  const requestId = newId();
  const response = await work().catch((error: unknown) => problemResponse(error, requestId));
  response.headers.set("x-content-type-options", "nosniff");
  if (!response.ok && response.status !== 304) response.headers.set("cache-control", "no-store");
  return response;
}
