import { auth } from "./auth";
import { requireSameSite } from "./same-site";
import { isDomainError } from "@/server/kernel/errors";

/**
 * What the browser may ask of better-auth. Everything else that changes anything goes
 * through a verb of ours, which checks, audits and works in one transaction.
 */
const open = new Set([
  "GET /get-session",
  "POST /sign-in/email",
  "POST /sign-up/email",
  "POST /sign-out",
  "POST /change-password",
  "POST /request-password-reset",
  "POST /reset-password",
  "GET /list-sessions",
  "POST /revoke-session",
  "POST /revoke-other-sessions",
]);

const prefix = "/api/auth";

export async function handleAuth(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const isResetLink =
    request.method === "GET" && /^\/api\/auth\/reset-password\/[A-Za-z0-9_-]+$/.test(pathname);
  if (!isResetLink && !open.has(`${request.method} ${pathname.slice(prefix.length)}`)) {
    return Response.json({ code: "not_found", message: "There is nothing here." }, { status: 404 });
  }
  try {
    if (request.method !== "GET") requireSameSite(request.headers);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return Response.json({ code: error.code, message: error.message }, { status: 403 });
  }
  return (await auth()).handler(request);
}
