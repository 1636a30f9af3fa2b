import { z } from "zod";
import { getDbInfo } from "@/server/connect/db-info";
import { identifyService, type Service } from "@/server/connect/identify-service";
import { listChanges } from "@/server/connect/list-changes";
import { getTenantFacts, getTenantFactsByHost } from "@/server/connect/tenant-facts";
import { controlDb, type Db } from "@/server/db/client";
import { DomainError } from "@/server/kernel/errors";
import { logger } from "@/server/kernel/logger";
import { answer, tagged } from "./answer";
import { signEntry } from "./sign-entry";

interface Found {
  etag: string;
  body: string;
  tenant: string;
}

/** `GET /internal/tenants/{tenant}/db-info`: where a tenant lives and a credential for it. */
export function handleDbInfo(request: Pick<Request, "headers">, tenant: string): Promise<Response> {
  return tell(request, async (db, service) => ({ ...(await getDbInfo(db, service, tenant)), tenant }));
}

/** `GET /internal/tenants/{tenant}`: who a tenant is and how it stands. */
export function handleTenant(request: Request, tenant: string): Promise<Response> {
  return tell(request, (db) => getTenantFacts(db, tenant));
}

/** `GET /internal/hosts/{host}`: the tenant that a host name is registered for. */
export function handleHost(request: Request, host: string): Promise<Response> {
  return tell(request, (db) => getTenantFactsByHost(db, host));
}

/** What a service may keep, with the entry that says for how long it outlives us. */
function tell(
  request: Pick<Request, "headers">,
  find: (db: Db, service: Service) => Promise<Found>,
): Promise<Response> {
  return answer(async () => {
    const db = await controlDb();
    const service = await identifyService(db, request.headers, "connect");
    const found = await find(db, service);
    const entry = await entryOrNone({ service: service.id, tenant: found.tenant, body: found.body });
    return tagged(request, found, entry === null ? {} : { "freehold-entry": entry });
  });
}

/** Without one an answer is as good while we can be asked, so a key that is not to be had takes nobody's data away. */
function entryOrNone(told: Parameters<typeof signEntry>[0]): Promise<string | null> {
  return signEntry(told).catch((error: unknown) => {
    logger.error({ err: error }, "an entry could not be signed");
    return null;
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
    const confirm = () => identifyService(db, request.headers, "changes");
    await confirm();
    const query = Query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!query.success)
      throw new DomainError(
        "invalid",
        "Ask with since (a number) and wait (0 to 60 seconds), both optional.",
      );
    const { since = null, wait } = query.data;
    const found = await listChanges(db, { since, waitSeconds: wait, confirm }, request.signal);
    return Response.json(found, { headers: { "cache-control": "no-store" } });
  });
}
