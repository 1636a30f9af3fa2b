import type { AuthOutcome } from "./auth-request";

interface Answer {
  result?: { data: { json: { organization: { slug: string }; environment: { slug: string } } } };
  error?: { json: { message: string; data: { code: string } } };
}

/**
 * Creates the organization of someone who has just signed up. A plain request: the pages
 * before sign-in do without the console's API client.
 */
export async function createFirstOrganization(
  name: string,
): Promise<AuthOutcome & { at?: { organization: string; environment: string } }> {
  try {
    const response = await fetch("/api/trpc/organizations.create", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ json: { name } }),
    });
    const answer = (await response.json()) as Answer;
    if (answer.result) {
      const { organization, environment } = answer.result.data.json;
      return { ok: true, at: { organization: organization.slug, environment: environment.slug } };
    }
    return {
      ok: false,
      code: answer.error?.json.data.code ?? "internal",
      message: answer.error?.json.message ?? "That did not work. Try again.",
    };
  } catch {
    return {
      ok: false,
      code: "unreachable",
      message: "Freehold cannot be reached. Check your connection, then try again.",
    };
  }
}
