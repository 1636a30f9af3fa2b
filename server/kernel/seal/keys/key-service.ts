import { KeysUnavailable } from "@/server/kernel/seal/failure";
import { dekLength, type KekProvider, type KeyContext, type KeyHealth } from "./key-provider";

/** The longest that a call to a key service may take, with its retry. */
export const answerWithinMs = 5000;

/** How long a process goes on with the key version that it found to be the current one. */
export const currentForMs = 60_000;

/**
 * What went wrong in a call, told by the service's name for it alone: answers and requests hold
 * keys and tokens. `isVerdict` says whether it is about the wrap itself.
 */
export function serviceError(call: string, reason: string, isVerdict: boolean): Error {
  return isVerdict
    ? new Error(`${call} refused: ${reason}.`)
    : new KeysUnavailable(`${call} did not succeed: ${reason}.`);
}

/** The health of a provider whose service counts wraps itself. */
export async function healthOf(keys: Pick<KekProvider, "wrap" | "unwrap">): Promise<KeyHealth> {
  const context: KeyContext = { id: "health" };
  const sentinel = Buffer.alloc(dekLength, 7);
  const wrapped = await keys.wrap(sentinel, context);
  if (!sentinel.equals(await keys.unwrap(wrapped, context)))
    throw new KeysUnavailable("The key service gave another key than it was given.");
  return { keyId: wrapped.keyId, version: wrapped.version, wraps: null, warning: null };
}
