type Outcome = { ok: true; organization: string } | { ok: false; message: string };

interface Answer {
  result?: { data: { json: { organization: { slug: string } } } };
  error?: { json: { message: string } };
}

/** Makes the signed-in person a member. */
export async function acceptInvitation(invitation: string, token: string): Promise<Outcome> {
  try {
    const response = await fetch("/api/trpc/invitations.accept", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ json: { invitation, token } }),
    });
    const answer = (await response.json()) as Answer;
    if (answer.result) return { ok: true, organization: answer.result.data.json.organization.slug };
    return { ok: false, message: answer.error?.json.message ?? "That did not work. Try again in a moment." };
  } catch {
    return { ok: false, message: "Freehold cannot be reached. Check your connection, then try again." };
  }
}
