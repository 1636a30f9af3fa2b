import { unreachable } from "@/components/api/explain";

interface Answer<Data> {
  result?: { data: { json: Data } };
  error?: { json: { message: string } };
}

const answerOf = async <Data>(response: Response) => (await response.json()) as Answer<Data>;

/** Calls a procedure by a plain request: the pages before sign-in do without the console's API client. */
export async function plainMutation<Data>(
  procedure: string,
  input: Record<string, unknown>,
): Promise<{ ok: true; data: Data } | { ok: false; message: string }> {
  try {
    const response = await fetch(`/api/trpc/${procedure}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ json: input }),
    });
    const { result, error } = await answerOf<Data>(response);
    if (result) return { ok: true, data: result.data.json };
    return { ok: false, message: error?.json.message ?? "That did not work. Try again in a moment." };
  } catch {
    return { ok: false, message: unreachable };
  }
}
