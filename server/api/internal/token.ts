import { issueToken } from "@/server/auth/issue-token";
import { grantToken, TokenRequest } from "@/server/connect/grant-token";
import { identifyService } from "@/server/connect/identify-service";
import { controlDb } from "@/server/db/client";
import { answer } from "./answer";
import { readFields } from "./read-fields";

/** `POST /internal/token`: an access token for the service itself, by client credentials (RFC 6749, 4.4). */
export function handleToken(request: Request): Promise<Response> {
  return answer(async () => {
    const db = await controlDb();
    const service = await identifyService(db, request.headers, "tokens");
    const grant = await grantToken(db, service, await readFields(request, TokenRequest, { forms: true }));
    const { token, expiresIn } = await issueToken(grant);
    return Response.json(
      { access_token: token, token_type: "Bearer", expires_in: expiresIn },
      { headers: { "cache-control": "no-store", pragma: "no-cache" } },
    );
  });
}
