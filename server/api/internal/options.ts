import { readBytes } from "@/server/api/body";
import { identifyService } from "@/server/connect/identify-service";
import { publishOptions } from "@/server/connect/publish-options";
import { getTenantOptions } from "@/server/connect/tenant-options";
import { controlDb } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";
import { answer, tagged } from "./answer";

/** `GET /internal/tenants/{tenant}/options/{name}`: what a tenant lays over the defaults of a set. */
export function handleTenantOptions(
  request: Request,
  { tenant, name }: { tenant: string; name: string },
): Promise<Response> {
  return answer(async () => {
    const db = await controlDb();
    await identifyService(db, request.headers, "options");
    return tagged(request, await getTenantOptions(db, tenant, name));
  });
}

/** `PUT /internal/options/{name}` with `{schema, defaults}`: what people may set, and what stands when they do not. */
export function handlePublishOptions(request: Request, name: string): Promise<Response> {
  return answer(async (requestId) => {
    const db = await controlDb();
    const service = await identifyService(db, request.headers, "options");
    const published = await publishOptions(db, { service, requestId }, name, await jsonIn(request));
    return Response.json(published, { headers: { "cache-control": "no-store" } });
  });
}

async function jsonIn(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes === null) throw new DomainError("invalid", "The body is larger than 1 MB.");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new DomainError("invalid", "The body cannot be read: it is not JSON.", { cause: error });
  }
}
