"use client";

import { queryOptions } from "@tanstack/react-query";

export interface Session {
  id: string;
  token: string;
  createdAt: string;
  expiresAt: string;
  ipAddress: string | null;
  userAgent: string | null;
  isCurrent: boolean;
}

/** Why the sessions cannot be shown. `stale`: better-auth lists them only within a day of signing in. */
export class SessionsError extends Error {
  override readonly name = "SessionsError";
  readonly isStale: boolean;

  constructor(message: string, isStale: boolean) {
    super(message);
    this.isStale = isStale;
  }
}

type Listed = Omit<Session, "isCurrent">;

const readListed = async (response: Response) => (await response.json()) as Listed[];
const readCurrent = async (response: Response) =>
  (await response.json()) as { session: { token: string } } | null;
const readCode = async (response: Response) => (await response.json()) as { code?: string };

async function refusal(response: Response): Promise<SessionsError> {
  const { code } = await readCode(response).catch(() => ({ code: undefined }));
  if (code === "SESSION_NOT_FRESH")
    return new SessionsError("Sessions are shown within a day of signing in.", true);
  return new SessionsError("That did not work. Try again in a moment.", false);
}

async function fetchSessions(): Promise<Session[]> {
  const ask = (path: string) => fetch(`/api/auth${path}`, { cache: "no-store" });
  const [list, current] = await Promise.all([ask("/list-sessions"), ask("/get-session")]);
  if (!list.ok) throw await refusal(list);
  const token = (await readCurrent(current))?.session.token;
  const sessions = (await readListed(list)).map((session) => ({
    ...session,
    isCurrent: session.token === token,
  }));
  return sessions.toSorted(
    (a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.createdAt.localeCompare(a.createdAt),
  );
}

/** The person's sessions, this one first. */
export const sessionsQuery = queryOptions<Session[], Error>({
  queryKey: ["account", "sessions"],
  queryFn: fetchSessions,
  retry: false,
});
