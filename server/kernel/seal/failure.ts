import { DomainError } from "@/server/kernel/errors";

/**
 * The keys gave no verdict: the service is away, refuses this process or the keyring cannot be
 * read. Says nothing about the secret, and the same call may work later, so it is not a
 * DomainError: a saga waits and tries again.
 */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable";
}

// Next loads modules more than once, so a class is not always the same class.
export const isUnavailable = (error: unknown) => error instanceof Error && error.name === "KeysUnavailable";

/** What opening throws: the same for every reason, so that it tells a forger nothing. */
export function failureOf(cause: unknown): unknown {
  if (isUnavailable(cause)) return cause;
  return new DomainError("precondition", "The stored secret cannot be opened with these keys.", { cause });
}
