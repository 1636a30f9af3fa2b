import { unreachable } from "@/components/api/explain";

/** What a request to `/api/auth` came to: nothing to say, or a sentence for the form. */
type AuthOutcome = { ok: true } | { ok: false; code: string; message: string };

const sentences: Record<string, string> = {
  INVALID_EMAIL_OR_PASSWORD: "The e-mail address or the password is wrong.",
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: "There is an account with this address already. Sign in instead.",
  USER_ALREADY_EXISTS: "There is an account with this address already. Sign in instead.",
  INVALID_EMAIL: "This is not an e-mail address.",
  PASSWORD_TOO_SHORT: "The password needs at least 10 characters.",
  PASSWORD_TOO_LONG: "The password has at most 128 characters.",
  INVALID_PASSWORD: "The current password is wrong.",
  INVALID_TOKEN: "This link has expired or was used already. Ask for a new one.",
  TOO_MANY_REQUESTS: "Too many tries. Wait five minutes, then sign in again.",
};

interface Refusal {
  code?: string;
  message?: string;
}

/** Posts to better-auth and turns its refusals into sentences. */
export async function authRequest(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<AuthOutcome> {
  try {
    const response = await fetch(`/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    if (response.ok) return { ok: true };
    const refusal = (await response.json().catch(() => ({}))) as Refusal;
    const code = refusal.code ?? String(response.status);
    const fallback =
      response.status < 500 && refusal.message
        ? refusal.message
        : "That did not work. Try again in a moment.";
    return { ok: false, code, message: sentences[code] ?? fallback };
  } catch {
    return {
      ok: false,
      code: "unreachable",
      message: unreachable,
    };
  }
}
