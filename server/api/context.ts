import { headers as nextHeaders } from "next/headers";
import { identify } from "@/server/auth/identify";
import { issueToken } from "@/server/auth/issue-token";
import { publicKeys } from "@/server/auth/sign";
import { controlDb } from "@/server/db/client";
import { remoteDataPlane } from "@/server/connect/remote-data-plane";
import type {
  Actor,
  BaseContext,
  DataPlane,
  Door,
  Opened,
  TokenIssuer,
  UserContext,
} from "@/server/kernel/context";
import { env } from "@/server/kernel/env";
import { newId, userId } from "@/server/kernel/ids";
import type { Identity } from "@/server/kernel/identity-cache";
import { logger } from "@/server/kernel/logger";
import { toTrpcError } from "./errors";

/** What a procedure starts from: who is asking, if anyone. */
export interface ApiContext extends BaseContext {
  dataPlane: DataPlane;
  tokens: TokenIssuer;
  identity: Identity | null;
  headers: Headers;
  opened: Opened;
}

export async function createContext(headers: Headers, door: Door): Promise<ApiContext> {
  const db = await controlDb();
  const requestId = newId();
  const identity = await identify(db, headers).catch((error: unknown) => {
    logger.error({ err: error, request: requestId }, "caller could not be identified");
    throw toTrpcError(error);
  });
  const ipHeader = env().trustedIpHeader;
  return {
    db,
    dataPlane: remoteDataPlane(),
    tokens: { issue: issueToken, publicKeys },
    identity,
    headers,
    opened: { organizations: new Map(), environments: new Map() },
    actor: actorOf(identity),
    requestId,
    door: identity?.apiKey && headers.get("user-agent")?.startsWith("freehold-cli/") ? "cli" : door,
    ip: ipHeader ? headers.get(ipHeader) : null,
    idempotencyKey: headers.get("idempotency-key"),
  };
}

function actorOf(identity: Identity | null): Actor {
  if (!identity) return { kind: "system", id: null, label: "Nobody" };
  if (identity.apiKey)
    return {
      kind: "api_key",
      id: identity.apiKey.id,
      label: `${identity.email} (key ${identity.apiKey.name})`,
    };
  return { kind: "user", id: identity.userId, label: identity.email };
}

/** The context of a person who is known. */
export function asUser(ctx: ApiContext, identity: Identity): UserContext & ApiContext {
  const { name, email, emailVerified, isOperator, sessionToken } = identity;
  return {
    ...ctx,
    user: { id: userId(identity.userId), name, email, emailVerified, isOperator },
    sessionToken,
  };
}

/** The context of the page that is being rendered. */
export async function pageContext(): Promise<ApiContext> {
  return createContext(new Headers(await nextHeaders()), "console");
}
