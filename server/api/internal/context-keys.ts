import { ContextKeyRequest, getContextKeys, registerContextKey } from "@/server/connect/context-keys";
import { identifyService } from "@/server/connect/identify-service";
import { controlDb } from "@/server/db/client";
import { answer, tagged } from "./answer";
import { readFields } from "./read-fields";

/** `PUT /internal/context-keys/{kid}`: what a process of the service signs contexts with. */
export function handlePutContextKey(request: Request, kid: string): Promise<Response> {
  return answer(async () => {
    const db = await controlDb();
    const service = await identifyService(db, request.headers, "sign");
    const body = await readFields(request, ContextKeyRequest);
    const { key, isNew } = await registerContextKey(db, service, kid, body);
    return Response.json(
      {
        kid,
        service: service.name,
        signs_until: key.signsUntil.toISOString(),
        expires_at: key.expiresAt.toISOString(),
      },
      { status: isNew ? 201 : 200, headers: { "cache-control": "no-store" } },
    );
  });
}

/** `GET /internal/context-keys`: every service's, for whoever has to verify a context. */
export function handleContextKeys(request: Request): Promise<Response> {
  return answer(async () => {
    const db = await controlDb();
    await identifyService(db, request.headers, "any");
    return tagged(request, await getContextKeys(db));
  });
}
